using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using VitLab.Vision;

namespace VitLab.Data;

/// <summary>
/// The built-in digits: skeletons of the ways people write (<see cref="PenGlyphs"/>), bent by a random hand, drawn with a random pen by
/// the rasteriser of the canvas and normalised like MNIST. Same version, count and seed: same bytes.
/// </summary>
public static class PenDigits
{
    /// <summary>Changes with every change of what <see cref="PenHands.Known"/> write; <see cref="UnseenVersion"/> likewise for the held-out hands.</summary>
    public const int Version = 1;

    public const int UnseenVersion = 1;

    /// <summary>Of the held-out digits: results are compared on the same ones whatever a run's seed.</summary>
    private const long UnseenSeed = 20_261;

    /// <summary>Images made between two looks at the cancellation token.</summary>
    private const int Chunk = 500;

    /// <summary>28 × 28 digits; the labels run 0, 1, …, 9, 0, ….</summary>
    /// <param name="onImages">Told how many more images are done, from several threads.</param>
    public static ImageSet Generate(int count, long seed, PenHands hands = PenHands.Known, Action<int>? onImages = null, CancellationToken ct = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        const int Pixels = MnistNormalizer.Size * MnistNormalizer.Size;
        var (pixels, labels) = (new byte[count * Pixels], new byte[count]);
        Parallel.For(
            0, (count + Chunk - 1) / Chunk, new ParallelOptions { CancellationToken = ct }, () => new PenWriter(hands),
            (chunk, _, writer) =>
            {
                var (first, last) = (chunk * Chunk, Math.Min((chunk + 1) * Chunk, count));
                for (var i = first; i < last; i++)
                {
                    labels[i] = (byte)(i % 10);
                    writer.Write(i % 10, SeededRandom.Mix((ulong)seed, (ulong)i), pixels.AsSpan(i * Pixels, Pixels));
                }

                onImages?.Invoke(last - first);
                return writer;
            },
            _ => { });
        return new ImageSet(1, MnistNormalizer.Size, MnistNormalizer.Size, pixels, labels);
    }

    /// <summary>A digit as somebody might draw it on a canvas of 280 × 280, labelled.</summary>
    public static Drawing Draw(int digit, long seed, PenHands hands = PenHands.Known)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(digit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(digit, 9);
        return new PenWriter(hands).Draw(digit, SeededRandom.Mix((ulong)seed, (ulong)digit));
    }

    /// <summary>Digits as somebody might draw them on a canvas of rows × columns cells of 280 × 280, labelled with those that are there.</summary>
    /// <param name="digits">One for each cell in reading order; <see cref="GridComposer.Empty"/> leaves the cell empty.</param>
    public static Drawing DrawGrid(IReadOnlyList<int> digits, int rows, int columns, long seed, PenHands hands = PenHands.Known) => GridDrawing.Join(
        [.. digits.Select((digit, cell) => digit == GridComposer.Empty
            ? new Drawing(PenWriter.Canvas, PenWriter.Canvas, [])
            : Draw(digit, (long)SeededRandom.Mix((ulong)seed, (ulong)cell), hands))],
        rows, columns);

    /// <summary>Three sets by three different families of hands.</summary>
    internal static ImageSplits Splits(int train, int validation, int test, int seed, IProgress<DataProgress>? progress, CancellationToken ct)
    {
        var (done, total) = (0, train + validation + test);
        ImageSet Make(int count, ulong split) => Generate(
            count, (long)SeededRandom.Mix((ulong)seed, split), PenHands.Known,
            images => progress?.Report(new DataProgress("pen digits", Interlocked.Add(ref done, images), total, "images")), ct);

        return new ImageSplits(
            "pen",
            string.Create(CultureInfo.InvariantCulture, $"Pen digits, generated (version {Version}, seed {seed}): {train:N0} training, {validation:N0} validation and {test:N0} test digits."),
            Checksum(string.Create(CultureInfo.InvariantCulture, $"pen {Version} {seed} {train} {validation} {test}")),
            Make(train, 1), Make(validation, 2), Make(test, 3));
    }

    /// <summary>A test split by <see cref="PenHands.Unseen"/>, the same for every run: nothing to train on or to validate with.</summary>
    internal static ImageSplits UnseenSplits(int test, IProgress<DataProgress>? progress, CancellationToken ct)
    {
        var done = 0;
        var digits = Generate(
            test, UnseenSeed, PenHands.Unseen,
            images => progress?.Report(new DataProgress("unseen pen digits", Interlocked.Add(ref done, images), test, "images")), ct);
        return new ImageSplits(
            "pen-unseen",
            string.Create(CultureInfo.InvariantCulture, $"Pen digits by hands and skeletons that no training sees, generated (version {UnseenVersion}): {test:N0} test digits."),
            Checksum(string.Create(CultureInfo.InvariantCulture, $"pen-unseen {UnseenVersion} {test}")),
            digits.Select([]), digits.Select([]), digits);
    }

    internal static string Checksum(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}

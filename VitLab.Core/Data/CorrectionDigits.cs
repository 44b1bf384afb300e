using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using VitLab.Vision;

namespace VitLab.Data;

/// <summary>
/// Digits people drew and labelled, as source digits beside those of a dataset. Every experiment composes its samples from source digits,
/// so one correction teaches them all.
/// </summary>
public static class CorrectionDigits
{
    public const double LargestShare = 0.9;

    /// <summary>The drawings as source digits, normalised like MNIST; those without ink are left out.</summary>
    /// <param name="drawings">Labelled with one digit each.</param>
    /// <exception cref="DataException">When a drawing has not exactly one label, or none of them has ink.</exception>
    public static ImageSet Normalize(IReadOnlyList<Drawing> drawings)
    {
        var digits = new List<(byte[] Pixels, byte Label)>();
        foreach (var (index, drawing) in drawings.Index())
        {
            if (drawing.Label is not [var label])
            {
                throw new DataException($"corrections: expected one digit as the label of drawing {index + 1}, got {drawing.Label?.Count.ToString(CultureInfo.InvariantCulture) ?? "none"}.");
            }

            if (MnistNormalizer.Normalize(drawing) is { } picture)
            {
                digits.Add((picture.Pixels, (byte)label));
            }
        }

        if (digits.Count == 0)
        {
            throw new DataException(drawings.Count == 0 ? "corrections: there are none." : $"corrections: none of the {drawings.Count} drawings has ink on it.");
        }

        return new ImageSet(1, MnistNormalizer.Size, MnistNormalizer.Size, [.. digits.SelectMany(digit => digit.Pixels)], [.. digits.Select(digit => digit.Label)]);
    }

    /// <summary>
    /// The same data with the corrections added to the training split, repeated in turn until they make up <paramref name="share"/> of it
    /// (each copy is augmented differently). Validation and test stay as they are.
    /// </summary>
    /// <param name="share">Above 0 and up to <see cref="LargestShare"/>.</param>
    /// <exception cref="DataException">When the dataset's images have another shape than the corrections.</exception>
    public static ImageSplits MixInto(ImageSplits splits, ImageSet corrections, double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, LargestShare);
        var train = splits.Train;
        if ((train.Channels, train.Height, train.Width) != (corrections.Channels, corrections.Height, corrections.Width))
        {
            throw new DataException($"corrections: they are digits of {corrections.Width} × {corrections.Height} pixels and cannot be mixed into images of {train.Channels} × {train.Width} × {train.Height}.");
        }

        var copies = (int)Math.Ceiling(train.Count * share / (1 - share));
        var repeated = corrections.Select([.. Enumerable.Range(0, copies).Select(copy => copy % corrections.Count)]);
        return splits with
        {
            Train = train.Concat(repeated),
            Description = string.Create(CultureInfo.InvariantCulture, $"{splits.Description} {share:0.##%} of what it trains on repeats {corrections.Count:N0} corrected drawings."),
            Checksum = Checksum(splits.Checksum, corrections, copies),
        };
    }

    private static string Checksum(string data, ImageSet corrections, int copies)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        all.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{data} {copies}")));
        all.AppendData(corrections.Labels);
        all.AppendData(corrections.Pixels);
        return Convert.ToHexStringLower(all.GetHashAndReset())[..16];
    }
}

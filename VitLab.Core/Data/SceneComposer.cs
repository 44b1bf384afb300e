using System.Runtime.CompilerServices;
using VitLab.Vision;

namespace VitLab.Data;

/// <summary>
/// Composes scenes: any number of digits of any size anywhere on a picture of any size, from a set of source digits. A scene depends on
/// (variation, set, seed, size) alone; plain scenes, for evaluation, on the set, the index and the size alone. Allocates nothing and keeps no state, so
/// threads may share one.
/// </summary>
public sealed class SceneComposer
{
    /// <summary>Most digits that a scene can have.</summary>
    public const int MostDigits = 12;

    /// <summary>Height of the largest digit that can be asked for, in pixels.</summary>
    public const int LargestInk = DigitStamp.LargestSide;

    /// <summary>Of everything about plain scenes; results are comparable only while it stays.</summary>
    private const ulong PlainSeed = 57;

    private const ulong LayoutStream = 110, SourceStream = 111, MarkStream = 112, DigitStream = 300, SizeStream = 400;

    /// <summary>How often a digit that finds no room is drawn smaller, and by how much.</summary>
    private const int Shrinkings = 4;

    private const float Shrinking = 0.75f;

    private const int SourceSide = MnistNormalizer.Size;

    private readonly SceneVariation _variation;
    private readonly Augmenter _augmenter;

    /// <exception cref="ArgumentOutOfRangeException">When a part of the variation is out of its range.</exception>
    public SceneComposer(SceneVariation variation)
    {
        _variation = variation;
        CheckRange(variation.MostDigits, 0, MostDigits, nameof(variation.MostDigits));
        CheckRange(variation.FewestDigits, 0, variation.MostDigits, nameof(variation.FewestDigits));
        CheckRange(variation.SmallestInk, 8, DigitStamp.LargestSide, nameof(variation.SmallestInk));
        CheckRange(variation.LargestInk, variation.SmallestInk, DigitStamp.LargestSide, nameof(variation.LargestInk));
        CheckRange(variation.Stretch, 0, 0.5f, nameof(variation.Stretch));
        CheckRange(variation.LineChance, 0, 1, nameof(variation.LineChance));
        CheckRange(variation.TouchChance, 0, 1, nameof(variation.TouchChance));
        CheckRange(variation.MarkChance, 0, 1, nameof(variation.MarkChance));
        CheckRange(variation.PenVariation, 0, 1, nameof(variation.PenVariation));
        _augmenter = new Augmenter(variation.Augmentation, SourceSide, SourceSide);
    }

    /// <summary>A scene drawn by a seed.</summary>
    /// <param name="pixels">Height × Width, row by row, in 0…1. Digits that overlap take the darker pixel.</param>
    /// <param name="digits">Room for the variation's most digits; filled from the front, in reading order.</param>
    /// <returns>How many digits there are.</returns>
    /// <exception cref="ArgumentException">When the set holds no 28 × 28 images of one channel, a side is out of its range, or a span has another size.</exception>
    public int Compose(ImageSet images, ulong seed, int width, int height, Span<float> pixels, Span<SceneDigit> digits)
    {
        Span<int> sources = stackalloc int[MostDigits];
        var count = Sources(images.Count, seed, sources);
        return Draw(images, sources[..count], seed, width, height, pixels, digits);
    }

    /// <summary>Evaluation scene <paramref name="index"/> of a set, which has as many as images.</summary>
    /// <inheritdoc cref="Compose"/>
    public int ComposePlain(ImageSet images, int index, int width, int height, Span<float> pixels, Span<SceneDigit> digits)
    {
        Span<int> sources = stackalloc int[MostDigits];
        var count = PlainSources(images.Count, index, sources);
        return Draw(images, sources[..count], SeededRandom.Mix(PlainSeed, (ulong)index), width, height, pixels, digits);
    }

    /// <summary>As <see cref="Compose"/>, to look at.</summary>
    public Scene Picture(ImageSet images, ulong seed, int width, int height)
    {
        var (pixels, digits) = (new float[width * height], new SceneDigit[_variation.MostDigits]);
        return ToScene(Compose(images, seed, width, height, pixels, digits), pixels, digits, width, height);
    }

    /// <summary>As <see cref="ComposePlain"/>, to look at.</summary>
    public Scene PlainPicture(ImageSet images, int index, int width, int height)
    {
        var (pixels, digits) = (new float[width * height], new SceneDigit[_variation.MostDigits]);
        return ToScene(ComposePlain(images, index, width, height, pixels, digits), pixels, digits, width, height);
    }

    /// <summary>Which images of a set of <paramref name="count"/> the scene of this seed is made of.</summary>
    /// <returns>How many there are; a digit that finds no room is left out of the scene all the same.</returns>
    public int Sources(int count, ulong seed, Span<int> sources)
    {
        var random = new SeededRandom(SeededRandom.Mix(seed, SourceStream));
        var digits = Digits(ref random);
        for (var i = 0; i < digits; i++)
        {
            sources[i] = random.Below(count);
        }

        return digits;
    }

    /// <summary>How many digits evaluation scene <paramref name="index"/> has where there is room for all.</summary>
    public int PlainDigits(int index)
    {
        var random = PlainSource(index);
        return Digits(ref random);
    }

    /// <summary>Which images of a set of <paramref name="count"/> evaluation scene <paramref name="index"/> is made of; no two scenes have the same image in the same place.</summary>
    /// <inheritdoc cref="Sources"/>
    public int PlainSources(int count, int index, Span<int> sources)
    {
        var random = PlainSource(index);
        var digits = Digits(ref random);
        for (var i = 0; i < digits; i++)
        {
            sources[i] = Permutation.Of(index, count, SeededRandom.Mix(PlainSeed, (ulong)i));
        }

        return digits;
    }

    private static SeededRandom PlainSource(int index) => new(SeededRandom.Mix(SeededRandom.Mix(PlainSeed, (ulong)index), SourceStream));

    private int Digits(ref SeededRandom random) => _variation.FewestDigits + random.Below(_variation.MostDigits - _variation.FewestDigits + 1);

    [SkipLocalsInit]
    private int Draw(ImageSet images, ReadOnlySpan<int> sources, ulong seed, int width, int height, Span<float> pixels, Span<SceneDigit> digits)
    {
        Check(images, width, height, pixels, digits);
        pixels.Clear();
        var random = new SeededRandom(SeededRandom.Mix(seed, LayoutStream));
        Span<InkBox> boxes = stackalloc InkBox[sources.Length];
        Span<int> labels = stackalloc int[sources.Length];
        Span<float> digit = stackalloc float[SourceSide * SourceSide];
        Span<float> stamp = stackalloc float[DigitStamp.LargestSide * DigitStamp.LargestSide];
        var layout = new SceneLayout(_variation, width, height, boxes, ref random);
        for (var i = 0; i < sources.Length; i++)
        {
            _augmenter.Apply(images.Image(sources[i]), digit, SeededRandom.Mix(seed, DigitStream + (ulong)i));
            if (Place(digit, SeededRandom.Mix(seed, SizeStream + (ulong)i), stamp, Math.Min(width, height), ref layout, ref random) is { } box)
            {
                labels[layout.Count - 1] = images.Label(sources[i]);
                Paste(stamp, box, pixels, width);
            }
        }

        var marks = new SeededRandom(SeededRandom.Mix(seed, MarkStream));
        if (marks.Chance(_variation.MarkChance))
        {
            SceneMarks.Draw(pixels, width, height, layout.Boxes, ref marks);
        }

        return Order(layout.Boxes, labels, digits);
    }

    /// <summary>Draws a digit in its size, or smaller when there is no room.</summary>
    private InkBox? Place(ReadOnlySpan<float> digit, ulong seed, Span<float> stamp, int side, ref SceneLayout layout, ref SeededRandom random)
    {
        var own = new SeededRandom(seed);
        var height = _variation.SmallestInk * MathF.Pow((float)_variation.LargestInk / _variation.SmallestInk, own.Uniform());   // as many small as large ones, by ratio
        var (stretch, bolder) = (1 + own.Around(_variation.Stretch), own.Around(_variation.PenVariation));
        height = Math.Min(height, side * 0.9f);
        for (var shrinkings = 0; shrinkings <= Shrinkings; shrinkings++)
        {
            var (inkWidth, inkHeight) = DigitStamp.Draw(digit, height, stretch, bolder, stamp);
            if (inkWidth == 0)
            {
                return null;
            }

            if (layout.Place(inkWidth, inkHeight, ref random) is { } box)
            {
                return box;
            }

            height = Math.Max(height * Shrinking, _variation.SmallestInk);
        }

        return null;
    }

    private static void Paste(ReadOnlySpan<float> stamp, InkBox box, Span<float> pixels, int width)
    {
        for (var y = 0; y < (int)box.Height; y++)
        {
            var from = stamp.Slice(y * DigitStamp.LargestSide, (int)box.Width);
            var onto = pixels.Slice((((int)box.Top + y) * width) + (int)box.Left, from.Length);
            for (var x = 0; x < from.Length; x++)
            {
                onto[x] = Math.Max(onto[x], from[x]);
            }
        }
    }

    private static int Order(ReadOnlySpan<InkBox> boxes, ReadOnlySpan<int> labels, Span<SceneDigit> digits)
    {
        Span<int> order = stackalloc int[boxes.Length];
        ReadingOrder.Of(boxes, order);
        for (var i = 0; i < order.Length; i++)
        {
            digits[i] = new SceneDigit(labels[order[i]], boxes[order[i]]);
        }

        return boxes.Length;
    }

    private static Scene ToScene(int count, ReadOnlySpan<float> pixels, ReadOnlySpan<SceneDigit> digits, int width, int height)
    {
        var picture = new GrayImage(width, height);
        InkLayer.ToBytes(pixels, picture.Pixels);
        return new Scene(picture, digits[..count].ToArray());
    }

    private void Check(ImageSet images, int width, int height, Span<float> pixels, Span<SceneDigit> digits)
    {
        if ((images.Channels, images.Height, images.Width) != (1, SourceSide, SourceSide))
        {
            throw new ArgumentException($"images: expected 1 × {SourceSide} × {SourceSide}, got {images.Channels} × {images.Height} × {images.Width}.", nameof(images));
        }

        CheckRange(width, SceneNormalizer.ShortestSide, SceneNormalizer.LongestSide, nameof(width));
        CheckRange(height, SceneNormalizer.ShortestSide, SceneNormalizer.LongestSide, nameof(height));
        if (pixels.Length != width * height)
        {
            throw new ArgumentException($"pixels: expected {width} × {height} = {width * height}, got {pixels.Length}.", nameof(pixels));
        }

        if (digits.Length < _variation.MostDigits)
        {
            throw new ArgumentException($"digits: expected room for {_variation.MostDigits}, got {digits.Length}.", nameof(digits));
        }
    }

    private static void CheckRange(float value, float least, float most, string name)
    {
        if (!(value >= least && value <= most))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name}: expected {least} to {most}.");
        }
    }
}

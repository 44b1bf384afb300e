namespace VitLab.Vision;

/// <summary>
/// Makes random variants of square-ish 8-bit images: affine and elastic displacement in one bilinear pass, then stroke thickness, then
/// erasing. A variant depends on (options, source, seed) alone. Holds no state between calls, so threads may share one.
/// </summary>
public sealed class Augmenter(AugmentationOptions options, int width = 28, int height = 28)
{
    /// <summary>Knots of the elastic field along each axis; between them it is interpolated smoothly.</summary>
    private const int Knots = 6;

    private readonly int _width = CheckSize(width);
    private readonly int _height = CheckSize(height);

    public AugmentationOptions Options { get; } = options;

    /// <summary>Writes a variant of <paramref name="source"/> (height × width bytes) as floats in 0…1.</summary>
    /// <exception cref="ArgumentException">When a span has another size.</exception>
    public void Apply(ReadOnlySpan<byte> source, Span<float> target, ulong seed)
    {
        if (source.Length != _width * _height || target.Length != source.Length)
        {
            throw new ArgumentException($"source and target: expected {_width} × {_height} = {_width * _height} pixels, got {source.Length} and {target.Length}.", nameof(source));
        }

        if (Options.IsNone)
        {
            Plain(source, target);
            return;
        }

        var random = new SeededRandom(SeededRandom.Mix(seed, 0xA06));
        Warp(source, target, ref random);
        if (Options.Thickness > 0)
        {
            StrokeThickness.Change(target, _width, _height, random.Around(Options.Thickness));
        }

        if (random.Chance(Options.EraseChance))
        {
            Erase(target, ref random);
        }
    }

    /// <summary>The untouched image as floats in 0…1.</summary>
    public static void Plain(ReadOnlySpan<byte> source, Span<float> target)
    {
        for (var i = 0; i < source.Length; i++)
        {
            target[i] = source[i] * (1f / 255);
        }
    }

    private void Warp(ReadOnlySpan<byte> source, Span<float> target, ref SeededRandom random)
    {
        Span<float> knotsX = stackalloc float[Knots * Knots];
        Span<float> knotsY = stackalloc float[Knots * Knots];
        var affine = Affine.Draw(Options, ref random);
        for (var i = 0; i < knotsX.Length; i++)
        {
            (knotsX[i], knotsY[i]) = (random.Normal() * Options.Elastic, random.Normal() * Options.Elastic);
        }

        BilinearWarp.Apply(source, target, _width, _height, affine, knotsX, knotsY, Knots);
    }

    private void Erase(Span<float> target, ref SeededRandom random)
    {
        var (w, h) = ((int)(_width * Options.EraseFraction * random.Uniform(0.3f, 1)), (int)(_height * Options.EraseFraction * random.Uniform(0.3f, 1)));
        var (left, top) = (random.Below(_width - w + 1), random.Below(_height - h + 1));
        for (var y = top; y < top + h; y++)
        {
            target.Slice((y * _width) + left, w).Clear();
        }
    }

    private static int CheckSize(int size) =>
        size is >= 2 and <= 128 ? size : throw new ArgumentOutOfRangeException(nameof(size), size, "width and height: 2 to 128 pixels.");
}

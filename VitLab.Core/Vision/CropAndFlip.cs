namespace VitLab.Vision;

/// <summary>
/// Random variants of pictures as classifiers of photographs are trained on: the picture with a black border, and its own size cut out of that anywhere;
/// then every other one mirrored. He et al., Deep Residual Learning, https://arxiv.org/abs/1512.03385, section 4.2.
/// A variant depends on (picture, seed) alone. Holds no state between calls, so threads may share one.
/// </summary>
/// <param name="padding">Width of the border in pixels; 0 cuts nothing.</param>
/// <param name="mirrors">Whether left and right may be exchanged.</param>
public sealed class CropAndFlip(int channels, int height, int width, int padding, bool mirrors)
{
    /// <summary>Writes a variant of <paramref name="source"/> (channels × height × width bytes) as floats in 0…1.</summary>
    public void Apply(ReadOnlySpan<byte> source, Span<float> target, ulong seed)
    {
        var random = new SeededRandom(SeededRandom.Mix(seed, 0xC20B));
        var (right, down) = (random.Below((2 * padding) + 1) - padding, random.Below((2 * padding) + 1) - padding);
        var isMirrored = mirrors && random.Chance(0.5f);
        for (var row = 0; row < channels * height; row++)
        {
            var line = target.Slice(row * width, width);
            var y = row % height;
            var from = y + down;
            if (from < 0 || from >= height)
            {
                line.Clear();
                continue;
            }

            Line(source.Slice((row - y + from) * width, width), line, right);
            if (isMirrored)
            {
                line.Reverse();
            }
        }
    }

    private static void Line(ReadOnlySpan<byte> source, Span<float> target, int right)
    {
        for (var x = 0; x < target.Length; x++)
        {
            var from = x + right;
            target[x] = from >= 0 && from < source.Length ? source[from] * (1f / 255) : 0;
        }
    }
}

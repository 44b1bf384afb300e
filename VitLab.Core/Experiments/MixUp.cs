using VitLab.Vision;

namespace VitLab.Experiments;

/// <summary>
/// Blends of two training pictures and their labels: λ of one and 1 − λ of the other, λ from the beta distribution B(α, α).
/// Zhang et al., mixup: Beyond Empirical Risk Minimization, https://arxiv.org/abs/1710.09412.
/// </summary>
/// <param name="alpha">From <see cref="LeastAlpha"/> to 1: small values leave most pictures nearly alone, 1 makes every blend equally likely.</param>
internal sealed class MixUp(double alpha)
{
    /// <summary>Powers of smaller ones run out of what a double can tell from 0.</summary>
    public const double LeastAlpha = 0.01;

    /// <summary>Of a label, which is a whole number as all targets are: λ in 65,536ths.</summary>
    public const int One = 1 << 16;

    /// <summary>The share of the first picture, in steps of 1 / 65,536.</summary>
    /// <remarks>Jöhnk's generator for exponents up to 1 (Metrika 8, 1964): U^(1/α) of U^(1/α) + V^(1/α), where that is at most 1.</remarks>
    public int Share(ref SeededRandom random)
    {
        while (true)
        {
            var (u, v) = (Math.Pow(random.Uniform(), 1 / alpha), Math.Pow(random.Uniform(), 1 / alpha));
            if (u + v is > 0 and <= 1)
            {
                return (int)Math.Round(One * (u / (u + v)));
            }
        }
    }

    /// <param name="pixels">Of the first picture; becomes the blend.</param>
    /// <param name="other">Of the second.</param>
    public static void Blend(Span<float> pixels, ReadOnlySpan<float> other, int share)
    {
        var (first, second) = ((float)share / One, 1 - ((float)share / One));
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (first * pixels[i]) + (second * other[i]);
        }
    }
}

namespace VitLab.Kernels;

/// <summary>y = x · Φ(x), Φ the normal distribution function: the exact (erf) form and the tanh form. Backward needs only x.</summary>
public static class GeluKernel
{
    /// <summary>y = x · Φ(x).</summary>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        for (var i = 0; i < x.Length; i++) y[i] = (float)(x[i] * Cdf(x[i]));
    }

    /// <summary>dx = dy · (Φ(x) + x φ(x)).</summary>
    public static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dx, bool accumulate)
    {
        for (var i = 0; i < x.Length; i++)
        {
            var t = (float)(dy[i] * (Cdf(x[i]) + x[i] * Math.Exp(-0.5 * x[i] * x[i]) / Math.Sqrt(2 * Math.PI)));
            dx[i] = accumulate ? dx[i] + t : t;
        }
    }

    /// <summary>y = x/2 · (1 + tanh(√(2/π) (x + 0.044715 x³))).</summary>
    public static void ForwardTanh(ReadOnlySpan<float> x, Span<float> y)
    {
        for (var i = 0; i < x.Length; i++) y[i] = 0.5f * x[i] * (1 + MathF.Tanh(0.79788456f * (x[i] + 0.044715f * x[i] * x[i] * x[i])));
    }

    /// <summary>Gradient of <see cref="ForwardTanh"/>.</summary>
    public static void BackwardTanh(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dx, bool accumulate)
    {
        for (var i = 0; i < x.Length; i++)
        {
            var h = MathF.Tanh(0.79788456f * (x[i] + 0.044715f * x[i] * x[i] * x[i]));
            var t = dy[i] * 0.5f * (1 + h + x[i] * (1 - h * h) * 0.79788456f * (1 + 3 * 0.044715f * x[i] * x[i]));
            dx[i] = accumulate ? dx[i] + t : t;
        }
    }

    // Abramowitz and Stegun 7.1.26 in double precision: |error| ≤ 1.5e-7.
    private static double Cdf(double x)
    {
        var z = Math.Abs(x) / Math.Sqrt(2);
        var t = 1 / (1 + 0.3275911 * z);
        var tail = 0.5 * t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * Math.Exp(-z * z);
        return x < 0 ? tail : 1 - tail;
    }
}

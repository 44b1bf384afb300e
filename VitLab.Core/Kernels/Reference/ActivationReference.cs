namespace VitLab.Kernels.Reference;

/// <summary>Double-precision twins of <see cref="GeluKernel"/> and <see cref="ReluKernel"/>, value by value.</summary>
public static class ActivationReference
{
    /// <summary>x Φ(x).</summary>
    public static double Gelu(double x) => double.IsNegativeInfinity(x) ? 0 : x * NormalCdf(x);

    /// <summary>Φ(x) + x φ(x).</summary>
    public static double GeluSlope(double x) => NormalCdf(x) + (double.IsInfinity(x) ? 0 : x * Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI));

    /// <summary>The tanh form of GELU.</summary>
    public static double GeluTanh(double x) => double.IsNegativeInfinity(x) ? 0 : 0.5 * x * (1 + Math.Tanh(Inner(x)));

    /// <summary>Its slope.</summary>
    public static double GeluTanhSlope(double x)
    {
        if (double.IsInfinity(x)) return x > 0 ? 1 : 0;
        var h = Math.Tanh(Inner(x));
        return 0.5 * (1 + h) + 0.5 * x * (1 - h * h) * Math.Sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x);
    }

    /// <summary>max(x, 0), NaN staying NaN.</summary>
    public static double Relu(double x) => x < 0 ? 0 : x;

    /// <summary>The normal distribution function, to about 1e-14.</summary>
    public static double NormalCdf(double x) => 0.5 * Erfc(-x / Math.Sqrt(2));

    private static double Inner(double x) => Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x);

    // Below 2.5 the Taylor series of erf, above it the continued fraction of erfc from its tail.
    private static double Erfc(double x)
    {
        if (double.IsNaN(x)) return x;
        if (x < 0) return 2 - Erfc(-x);
        if (x > 2.5)
        {
            var fraction = x;
            for (var n = 120; n > 0; n--) fraction = x + n / 2.0 / fraction;
            return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / fraction;
        }
        double term = x, sum = x;
        for (var n = 1; n < 80; n++)
        {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }
        return 1 - 2 / Math.Sqrt(Math.PI) * sum;
    }
}

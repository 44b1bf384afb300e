namespace VitLab.Kernels;

/// <summary>
/// y = x / (1 − p) where a hash of (seed, index) says keep, else 0. The mask is a function of the seed and the element's index,
/// so nothing is saved: backward makes it anew.
/// </summary>
public static class DropoutKernel
{
    /// <param name="p">Probability to drop, 0..1.</param>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y, float p, ulong seed)
    {
        for (var i = 0; i < x.Length; i++) y[i] = x[i] * Factor(p, seed, i);
    }

    /// <summary>dx = dy · mask / (1 − p).</summary>
    public static void Backward(ReadOnlySpan<float> dy, Span<float> dx, float p, ulong seed, bool accumulate)
    {
        for (var i = 0; i < dy.Length; i++)
        {
            var t = dy[i] * Factor(p, seed, i);
            dx[i] = accumulate ? dx[i] + t : t;
        }
    }

    /// <summary>1 / (1 − p) or 0 for the element at <paramref name="index"/>.</summary>
    internal static float Factor(float p, ulong seed, long index)
    {
        if (p <= 0) return 1;
        return RandomKernel.Hash(seed, (ulong)index) < p * 4294967296.0 ? 0 : 1 / (1 - p);
    }
}

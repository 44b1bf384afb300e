namespace VitLab.Kernels;

/// <summary>y = max(x, 0). Backward needs x or y.</summary>
public static class ReluKernel
{
    /// <summary>y = max(x, 0).</summary>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        for (var i = 0; i < x.Length; i++) y[i] = x[i] > 0 ? x[i] : 0;
    }

    /// <summary>dx = dy where x &gt; 0, else 0.</summary>
    public static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dx, bool accumulate)
    {
        for (var i = 0; i < x.Length; i++)
        {
            var t = x[i] > 0 ? dy[i] : 0;
            dx[i] = accumulate ? dx[i] + t : t;
        }
    }
}

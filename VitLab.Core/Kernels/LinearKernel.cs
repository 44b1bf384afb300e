namespace VitLab.Kernels;

/// <summary>y = x wᵀ + b, w stored (out, in). Backward reads x and w.</summary>
public static class LinearKernel
{
    /// <param name="x">(rows, in).</param>
    /// <param name="w">(out, in).</param>
    /// <param name="b">(out), or empty for none.</param>
    /// <param name="y">(rows, out), overwritten.</param>
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> b, Span<float> y, int rows, int inFeatures, int outFeatures) =>
        GemmKernel.Multiply(false, true, rows, outFeatures, inFeatures, x, inFeatures, w, inFeatures, y, outFeatures, accumulate: false, b);

    /// <summary>dx = dy w; dw += dyᵀ x; db += column sums of dy. An empty gradient span is not wanted.</summary>
    /// <param name="accumulate">Whether dx is added to; dw and db always are.</param>
    public static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> dy, Span<float> dx, Span<float> dw, Span<float> db,
        int rows, int inFeatures, int outFeatures, bool accumulate)
    {
        if (!dx.IsEmpty) GemmKernel.Multiply(false, false, rows, inFeatures, outFeatures, dy, outFeatures, w, inFeatures, dx, inFeatures, accumulate);
        if (!dw.IsEmpty) GemmKernel.Multiply(true, false, outFeatures, inFeatures, rows, dy, outFeatures, x, inFeatures, dw, inFeatures, accumulate: true);
        for (var i = 0; i < rows && !db.IsEmpty; i++)
            for (var j = 0; j < outFeatures; j++) db[j] += dy[i * outFeatures + j];
    }
}

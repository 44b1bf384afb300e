namespace VitLab.Kernels.Reference;

/// <summary>Double-precision twin of <see cref="GemmKernel"/> and <see cref="LinearKernel"/>.</summary>
public static class GemmReference
{
    /// <summary>c = op(a) op(b) (+ c) (+ bias), as <see cref="GemmKernel.Multiply"/>.</summary>
    public static void Multiply(bool transA, bool transB, int m, int n, int k, ReadOnlySpan<double> a, int lda, ReadOnlySpan<double> b, int ldb,
        Span<double> c, int ldc, bool accumulate, ReadOnlySpan<double> bias = default)
    {
        for (var i = 0; i < m; i++)
            for (var j = 0; j < n; j++)
            {
                var sum = (accumulate ? c[i * ldc + j] : 0) + (bias.IsEmpty ? 0 : bias[j]);
                for (var p = 0; p < k; p++) sum += (transA ? a[p * lda + i] : a[i * lda + p]) * (transB ? b[j * ldb + p] : b[p * ldb + j]);
                c[i * ldc + j] = sum;
            }
    }

    /// <summary>As <see cref="LinearKernel.Backward"/>.</summary>
    public static void LinearBackward(ReadOnlySpan<double> x, ReadOnlySpan<double> w, ReadOnlySpan<double> dy, Span<double> dx, Span<double> dw, Span<double> db,
        int rows, int inFeatures, int outFeatures, bool accumulate)
    {
        if (!dx.IsEmpty) Multiply(false, false, rows, inFeatures, outFeatures, dy, outFeatures, w, inFeatures, dx, inFeatures, accumulate);
        if (!dw.IsEmpty) Multiply(true, false, outFeatures, inFeatures, rows, dy, outFeatures, x, inFeatures, dw, inFeatures, accumulate: true);
        for (var i = 0; i < rows && !db.IsEmpty; i++)
            for (var j = 0; j < outFeatures; j++) db[j] += dy[i * outFeatures + j];
    }
}

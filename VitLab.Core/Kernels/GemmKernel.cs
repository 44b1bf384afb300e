namespace VitLab.Kernels;

/// <summary>C = op(A) op(B) (+ C) (+ bias), row-major, op being the identity or the transpose.</summary>
public static class GemmKernel
{
    /// <summary>
    /// c (m, n) = op(a) (m, k) · op(b) (k, n), plus what c held when <paramref name="accumulate"/>, plus <paramref name="bias"/> (n) on every row when it is given.
    /// </summary>
    /// <param name="transA">a is stored (k, m).</param>
    /// <param name="transB">b is stored (n, k).</param>
    /// <param name="lda">Floats from one stored row of a to the next; ldb and ldc likewise.</param>
    public static void Multiply(bool transA, bool transB, int m, int n, int k, ReadOnlySpan<float> a, int lda, ReadOnlySpan<float> b, int ldb,
        Span<float> c, int ldc, bool accumulate, ReadOnlySpan<float> bias = default)
    {
        for (var i = 0; i < m; i++)
        {
            var row = c.Slice(i * ldc, n);
            if (!accumulate) row.Clear();
            for (var j = 0; j < bias.Length; j++) row[j] += bias[j];
            for (var p = 0; p < k; p++)
            {
                var x = transA ? a[p * lda + i] : a[i * lda + p];
                for (var j = 0; j < n; j++) row[j] += x * (transB ? b[j * ldb + p] : b[p * ldb + j]);
            }
        }
    }

    /// <summary><see cref="Multiply"/> for every item of a batch; the strides say how far apart the items of a, b and c lie (0: shared).</summary>
    public static void MultiplyBatched(bool transA, bool transB, int batch, int m, int n, int k, ReadOnlySpan<float> a, int lda, int strideA,
        ReadOnlySpan<float> b, int ldb, int strideB, Span<float> c, int ldc, int strideC, bool accumulate)
    {
        for (var i = 0; i < batch; i++)
            Multiply(transA, transB, m, n, k, a[(i * strideA)..], lda, b[(i * strideB)..], ldb, c[(i * strideC)..], ldc, accumulate);
    }
}

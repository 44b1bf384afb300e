namespace VitLab.Kernels;

/// <summary>y = (x − mean) · rstd · w + b over the last dimension. Saves mean and rstd; backward also reads x and w.</summary>
public static class LayerNormKernel
{
    /// <param name="x">(rows, D).</param>
    /// <param name="w">(D), or empty for ones.</param>
    /// <param name="b">(D), or empty for zeros.</param>
    /// <param name="mean">(rows), saved; rstd likewise.</param>
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> b, Span<float> y, Span<float> mean, Span<float> rstd, int rows, int D, float eps)
    {
        for (var i = 0; i < rows; i++)
        {
            float sum = 0, square = 0;
            for (var d = 0; d < D; d++) sum += x[i * D + d];
            var mu = sum / D;
            for (var d = 0; d < D; d++) square += (x[i * D + d] - mu) * (x[i * D + d] - mu);
            var r = 1 / MathF.Sqrt(square / D + eps);
            mean[i] = mu;
            rstd[i] = r;
            for (var d = 0; d < D; d++) y[i * D + d] = (x[i * D + d] - mu) * r * (w.IsEmpty ? 1 : w[d]) + (b.IsEmpty ? 0 : b[d]);
        }
    }

    /// <summary>dx (added to when <paramref name="accumulate"/>), dw and db (always added to). An empty gradient span is not wanted.</summary>
    public static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> mean, ReadOnlySpan<float> rstd, ReadOnlySpan<float> dy,
        Span<float> dx, Span<float> dw, Span<float> db, int rows, int D, bool accumulate)
    {
        for (var i = 0; i < rows; i++)
        {
            float sum = 0, dot = 0;
            for (var d = 0; d < D; d++)
            {
                var hat = (x[i * D + d] - mean[i]) * rstd[i];
                var g = dy[i * D + d];
                if (!dw.IsEmpty) dw[d] += g * hat;
                if (!db.IsEmpty) db[d] += g;
                if (!w.IsEmpty) g *= w[d];
                sum += g;
                dot += g * hat;
            }
            for (var d = 0; d < D && !dx.IsEmpty; d++)
            {
                var hat = (x[i * D + d] - mean[i]) * rstd[i];
                var g = dy[i * D + d] * (w.IsEmpty ? 1 : w[d]);
                var t = rstd[i] * (g - sum / D - hat * dot / D);
                dx[i * D + d] = accumulate ? dx[i * D + d] + t : t;
            }
        }
    }
}

namespace VitLab.Kernels.Reference;

/// <summary>Double-precision twin of <see cref="LayerNormKernel"/>.</summary>
public static class LayerNormReference
{
    /// <summary>As <see cref="LayerNormKernel.Forward"/>.</summary>
    public static void Forward(ReadOnlySpan<double> x, ReadOnlySpan<double> w, ReadOnlySpan<double> b, Span<double> y, Span<double> mean, Span<double> rstd, int rows, int D, double eps)
    {
        for (var i = 0; i < rows; i++)
        {
            var row = x.Slice(i * D, D);
            double sum = 0, square = 0;
            foreach (var v in row) sum += v;
            mean[i] = sum / D;
            foreach (var v in row) square += (v - mean[i]) * (v - mean[i]);
            rstd[i] = 1 / Math.Sqrt(square / D + eps);
            for (var d = 0; d < D; d++) y[i * D + d] = (row[d] - mean[i]) * rstd[i] * (w.IsEmpty ? 1 : w[d]) + (b.IsEmpty ? 0 : b[d]);
        }
    }

    /// <summary>As <see cref="LayerNormKernel.Backward"/>, always adding.</summary>
    public static void Backward(ReadOnlySpan<double> x, ReadOnlySpan<double> w, ReadOnlySpan<double> mean, ReadOnlySpan<double> rstd, ReadOnlySpan<double> dy,
        Span<double> dx, Span<double> dw, Span<double> db, int rows, int D)
    {
        for (var i = 0; i < rows; i++)
        {
            double sum = 0, dot = 0;
            for (var d = 0; d < D; d++)
            {
                var hat = (x[i * D + d] - mean[i]) * rstd[i];
                var g = dy[i * D + d];
                dw[d] += g * hat;
                db[d] += g;
                if (!w.IsEmpty) g *= w[d];
                sum += g;
                dot += g * hat;
            }
            for (var d = 0; d < D; d++)
            {
                var hat = (x[i * D + d] - mean[i]) * rstd[i];
                dx[i * D + d] += rstd[i] * (dy[i * D + d] * (w.IsEmpty ? 1 : w[d]) - sum / D - hat * dot / D);
            }
        }
    }
}

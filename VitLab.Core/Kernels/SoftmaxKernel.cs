namespace VitLab.Kernels;

/// <summary>y = exp(x − max x) / Σ exp(x − max x) over the last dimension. Backward reads y.</summary>
public static class SoftmaxKernel
{
    /// <param name="x">(rows, n).</param>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y, int rows, int n)
    {
        for (var i = 0; i < rows; i++)
        {
            var max = float.NegativeInfinity;
            var sum = 0f;
            for (var j = 0; j < n; j++) max = Math.Max(max, x[i * n + j]);
            for (var j = 0; j < n; j++) sum += y[i * n + j] = MathF.Exp(x[i * n + j] - max);
            for (var j = 0; j < n; j++) y[i * n + j] /= sum;
        }
    }

    /// <summary>dx = y (dy − Σ y dy).</summary>
    public static void Backward(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, int rows, int n, bool accumulate)
    {
        for (var i = 0; i < rows; i++)
        {
            var dot = 0f;
            for (var j = 0; j < n; j++) dot += y[i * n + j] * dy[i * n + j];
            for (var j = 0; j < n; j++)
            {
                var t = y[i * n + j] * (dy[i * n + j] - dot);
                dx[i * n + j] = accumulate ? dx[i * n + j] + t : t;
            }
        }
    }
}

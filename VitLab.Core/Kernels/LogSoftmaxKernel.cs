namespace VitLab.Kernels;

/// <summary>y = x − log Σ exp x over the last dimension. Backward reads y.</summary>
public static class LogSoftmaxKernel
{
    /// <param name="x">(rows, n).</param>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y, int rows, int n)
    {
        for (var i = 0; i < rows; i++)
        {
            var max = float.NegativeInfinity;
            var sum = 0f;
            for (var j = 0; j < n; j++) max = Math.Max(max, x[i * n + j]);
            for (var j = 0; j < n; j++) sum += MathF.Exp(x[i * n + j] - max);
            var log = MathF.Log(sum);
            for (var j = 0; j < n; j++) y[i * n + j] = x[i * n + j] - max - log;
        }
    }

    /// <summary>dx = dy − exp(y) Σ dy.</summary>
    public static void Backward(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, int rows, int n, bool accumulate)
    {
        for (var i = 0; i < rows; i++)
        {
            var sum = 0f;
            for (var j = 0; j < n; j++) sum += dy[i * n + j];
            for (var j = 0; j < n; j++)
            {
                var t = dy[i * n + j] - MathF.Exp(y[i * n + j]) * sum;
                dx[i * n + j] = accumulate ? dx[i * n + j] + t : t;
            }
        }
    }
}

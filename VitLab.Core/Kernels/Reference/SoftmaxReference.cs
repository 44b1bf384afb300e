namespace VitLab.Kernels.Reference;

/// <summary>Double-precision twin of <see cref="SoftmaxKernel"/>, <see cref="LogSoftmaxKernel"/> and <see cref="CrossEntropyKernel"/>.</summary>
public static class SoftmaxReference
{
    /// <summary>log softmax of each row.</summary>
    public static void LogForward(ReadOnlySpan<double> x, Span<double> y, int rows, int n)
    {
        for (var i = 0; i < rows; i++)
        {
            var row = x.Slice(i * n, n);
            double max = double.NegativeInfinity, sum = 0;
            foreach (var v in row) max = Math.Max(max, v);
            foreach (var v in row) sum += Math.Exp(v - max);
            for (var j = 0; j < n; j++) y[i * n + j] = row[j] - max - Math.Log(sum);
        }
    }

    /// <summary>softmax of each row.</summary>
    public static void Forward(ReadOnlySpan<double> x, Span<double> y, int rows, int n)
    {
        LogForward(x, y, rows, n);
        for (var i = 0; i < rows * n; i++) y[i] = Math.Exp(y[i]);
    }

    /// <summary>As <see cref="SoftmaxKernel.Backward"/>, always adding.</summary>
    public static void Backward(ReadOnlySpan<double> y, ReadOnlySpan<double> dy, Span<double> dx, int rows, int n)
    {
        for (var i = 0; i < rows; i++)
        {
            var dot = 0.0;
            for (var j = 0; j < n; j++) dot += y[i * n + j] * dy[i * n + j];
            for (var j = 0; j < n; j++) dx[i * n + j] += y[i * n + j] * (dy[i * n + j] - dot);
        }
    }

    /// <summary>As <see cref="LogSoftmaxKernel.Backward"/>, always adding.</summary>
    public static void LogBackward(ReadOnlySpan<double> y, ReadOnlySpan<double> dy, Span<double> dx, int rows, int n)
    {
        for (var i = 0; i < rows; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < n; j++) sum += dy[i * n + j];
            for (var j = 0; j < n; j++) dx[i * n + j] += dy[i * n + j] - Math.Exp(y[i * n + j]) * sum;
        }
    }

    /// <summary>Each row's loss and, times the row's weight in <paramref name="dlosses"/>, its gradient, added to dlogits.</summary>
    public static void CrossEntropy(ReadOnlySpan<double> logits, ReadOnlySpan<long> targets, ReadOnlySpan<double> weight, Span<double> losses,
        ReadOnlySpan<double> dlosses, Span<double> dlogits, int rows, int classes, long ignoreIndex, double labelSmoothing)
    {
        var log = new double[rows * classes];
        LogForward(logits, log, rows, classes);
        for (var i = 0; i < rows; i++)
        {
            losses[i] = 0;
            if (targets[i] == ignoreIndex) continue;
            // The loss is −Σ a[c] log p[c], so its gradient is p Σ a − a.
            var a = new double[classes];
            for (var c = 0; c < classes; c++) a[c] = (weight.IsEmpty ? 1 : weight[c]) * (labelSmoothing / classes + (c == targets[i] ? 1 - labelSmoothing : 0));
            for (var c = 0; c < classes; c++)
            {
                if (a[c] != 0) losses[i] -= a[c] * log[i * classes + c];
                dlogits[i * classes + c] += dlosses[i] * (Math.Exp(log[i * classes + c]) * a.Sum() - a[c]);
            }
        }
    }
}

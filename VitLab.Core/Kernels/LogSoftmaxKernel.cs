using System.Runtime.CompilerServices;
using VitLab.Kernels.Simd;

namespace VitLab.Kernels;

/// <summary>y = x − log Σ exp x over the last dimension. Backward reads y.</summary>
public static unsafe class LogSoftmaxKernel
{
    private const int Cost = 25; // an exponential

    /// <param name="x">(rows, n).</param>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y, int rows, int n)
    {
        Spans.Need(x.Length, (long)rows * n, nameof(x));
        Spans.Need(y.Length, (long)rows * n, nameof(y));
        fixed (float* px = x, py = y)
        {
            var job = new ForwardJob { X = px, Y = py, Rows = rows, N = n };
            Workers.Run(Workers.PartsFor((long)rows * n * Cost, rows), ref job);
        }
    }

    /// <summary>dx = dy − exp(y) Σ dy.</summary>
    public static void Backward(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, int rows, int n, bool accumulate)
    {
        Spans.Need(y.Length, (long)rows * n, nameof(y));
        Spans.Need(dy.Length, (long)rows * n, nameof(dy));
        Spans.Need(dx.Length, (long)rows * n, nameof(dx));
        fixed (float* py = y, pdy = dy, pdx = dx)
        {
            var job = new BackwardJob { Y = py, Dy = pdy, Dx = pdx, Rows = rows, N = n, Accumulate = accumulate };
            Workers.Run(Workers.PartsFor((long)rows * n * Cost, rows), ref job);
        }
    }

    /// <summary>Σ exp(x − max).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float SumOfExponentials<T>(float* x, int n, float max) where T : unmanaged, ILanes<T>
    {
        var lanes = T.Create(0);
        var j = 0;
        for (; j <= n - T.Width; j += T.Width) lanes += LaneMath.ExpOfNegative(T.Load(x + j) - T.Create(max));
        var sum = lanes.Sum();
        for (; j < n; j++) sum += LaneMath.ExpOfNegative(LanesScalar.Create(x[j] - max)).Sum();
        return sum;
    }

    private struct ForwardJob : IParts
    {
        public float* X, Y;
        public int Rows, N;

        [MethodImpl(Hot.Loop)]
        public readonly void Run<T>(int part, int parts) where T : unmanaged, ILanes<T>
        {
            var share = Split.Of(Rows, part, parts, 1);
            for (nint i = share.First; i < share.End; i++)
            {
                float* x = X + i * N, y = Y + i * N;
                var max = SoftmaxKernel.Largest<T>(x, N);
                var log = MathF.Log(SumOfExponentials<T>(x, N, max));
                // Two subtractions: max may be so large that the logarithm would vanish beside it.
                var j = 0;
                for (; j <= N - T.Width; j += T.Width) (T.Load(x + j) - T.Create(max) - T.Create(log)).Store(y + j);
                for (; j < N; j++) y[j] = x[j] - max - log;
            }
        }
    }

    private struct BackwardJob : IParts
    {
        public float* Y, Dy, Dx;
        public int Rows, N;
        public bool Accumulate;

        [MethodImpl(Hot.Loop)]
        public readonly void Run<T>(int part, int parts) where T : unmanaged, ILanes<T>
        {
            var share = Split.Of(Rows, part, parts, 1);
            for (nint i = share.First; i < share.End; i++)
            {
                float* y = Y + i * N, dy = Dy + i * N, dx = Dx + i * N;
                var lanes = T.Create(0);
                var j = 0;
                for (; j <= N - T.Width; j += T.Width) lanes += T.Load(dy + j);
                var sum = lanes.Sum();
                for (; j < N; j++) sum += dy[j];
                for (j = 0; j <= N - T.Width; j += T.Width) Spread<T>(y + j, dy + j, dx + j, sum);
                for (; j < N; j++) Spread<LanesScalar>(y + j, dy + j, dx + j, sum);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly void Spread<T>(float* y, float* dy, float* dx, float sum) where T : unmanaged, ILanes<T>
        {
            var t = T.Load(dy) - LaneMath.ExpOfNegative(T.Load(y)) * T.Create(sum);
            if (Accumulate) t += T.Load(dx);
            t.Store(dx);
        }
    }
}

using System.Runtime.CompilerServices;
using VitLab.Kernels.Simd;

namespace VitLab.Kernels;

/// <summary>y = exp(x − max x) / Σ exp(x − max x) over the last dimension. Backward reads y.</summary>
public static unsafe class SoftmaxKernel
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

    /// <summary>dx = y (dy − Σ y dy).</summary>
    public static void Backward(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, int rows, int n, bool accumulate)
    {
        Spans.Need(y.Length, (long)rows * n, nameof(y));
        Spans.Need(dy.Length, (long)rows * n, nameof(dy));
        Spans.Need(dx.Length, (long)rows * n, nameof(dx));
        fixed (float* py = y, pdy = dy, pdx = dx)
        {
            var job = new BackwardJob { Y = py, Dy = pdy, Dx = pdx, Rows = rows, N = n, Accumulate = accumulate };
            Workers.Run(Workers.PartsFor((long)rows * n * Cost / 4, rows), ref job);
        }
    }

    /// <summary>The largest value of a row; NaN may be passed over.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Largest<T>(float* x, int n) where T : unmanaged, ILanes<T>
    {
        var j = 0;
        var max = float.NegativeInfinity;
        if (n >= T.Width)
        {
            var lanes = T.Load(x);
            for (j = T.Width; j <= n - T.Width; j += T.Width) lanes = T.Max(lanes, T.Load(x + j));
            max = lanes.Largest();
        }
        for (; j < n; j++) max = MathF.Max(max, x[j]);
        return max;
    }

    /// <summary>y = exp(x − max); returns the sum. x may be y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Exponentials<T>(float* x, float* y, int n, float max) where T : unmanaged, ILanes<T>
    {
        var j = 0;
        var lanes = T.Create(0);
        for (; j <= n - T.Width; j += T.Width)
        {
            var e = LaneMath.ExpOfNegative(T.Load(x + j) - T.Create(max));
            e.Store(y + j);
            lanes += e;
        }
        var sum = lanes.Sum();
        for (; j < n; j++)
        {
            var e = LaneMath.ExpOfNegative(LanesScalar.Create(x[j] - max));
            e.Store(y + j);
            sum += y[j];
        }
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
                var factor = 1 / Exponentials<T>(x, y, N, Largest<T>(x, N));
                var j = 0;
                for (; j <= N - T.Width; j += T.Width) (T.Load(y + j) * T.Create(factor)).Store(y + j);
                for (; j < N; j++) y[j] *= factor;
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
                for (; j <= N - T.Width; j += T.Width) lanes = T.MultiplyAdd(T.Load(y + j), T.Load(dy + j), lanes);
                var dot = lanes.Sum();
                for (; j < N; j++) dot += y[j] * dy[j];
                for (j = 0; j <= N - T.Width; j += T.Width) Spread<T>(y + j, dy + j, dx + j, dot);
                for (; j < N; j++) Spread<LanesScalar>(y + j, dy + j, dx + j, dot);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly void Spread<T>(float* y, float* dy, float* dx, float dot) where T : unmanaged, ILanes<T>
        {
            var t = T.Load(y) * (T.Load(dy) - T.Create(dot));
            if (Accumulate) t += T.Load(dx);
            t.Store(dx);
        }
    }
}

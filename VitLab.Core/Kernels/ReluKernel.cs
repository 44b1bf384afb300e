using System.Runtime.CompilerServices;
using VitLab.Kernels.Simd;

namespace VitLab.Kernels;

/// <summary>y = max(x, 0), NaN staying NaN. Backward needs x or y.</summary>
public static unsafe class ReluKernel
{
    private const int Cost = 4;

    /// <summary>y = max(x, 0).</summary>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        Spans.Need(y.Length, x.Length, nameof(y));
        fixed (float* px = x, py = y) Elements.Run(new ForwardOperation { X = px, Y = py }, x.Length, Cost);
    }

    /// <summary>dx = dy where x &gt; 0, else 0.</summary>
    public static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dx, bool accumulate)
    {
        Spans.Need(dy.Length, x.Length, nameof(dy));
        Spans.Need(dx.Length, x.Length, nameof(dx));
        fixed (float* px = x, pdy = dy, pdx = dx) Elements.Run(new BackwardOperation { X = px, Dy = pdy, Dx = pdx, Accumulate = accumulate }, x.Length, Cost);
    }

    private struct ForwardOperation : IElements
    {
        public float* X, Y;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void At<T>(nint i) where T : unmanaged, ILanes<T>
        {
            var x = T.Load(X + i);
            T.WhereLess(x, T.Create(0), T.Create(0), x).Store(Y + i);
        }
    }

    private struct BackwardOperation : IElements
    {
        public float* X, Dy, Dx;
        public bool Accumulate;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void At<T>(nint i) where T : unmanaged, ILanes<T>
        {
            var dx = T.WhereLess(T.Create(0), T.Load(X + i), T.Load(Dy + i), T.Create(0));
            if (Accumulate) dx += T.Load(Dx + i);
            dx.Store(Dx + i);
        }
    }
}

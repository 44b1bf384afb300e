using System.Runtime.CompilerServices;
using VitLab.Kernels.Simd;

namespace VitLab.Kernels;

/// <summary>y = x · Φ(x), Φ the normal distribution function: the exact (erf) form and the tanh form. Backward needs only x. Absolute error of Φ below 3e-7.</summary>
public static unsafe class GeluKernel
{
    private const int Cost = 30; // an exponential and a division
    private const float RootTwoOverPi = 0.7978845608f;
    private const float Cubic = 0.044715f;

    /// <summary>y = x · Φ(x).</summary>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        Spans.Need(y.Length, x.Length, nameof(y));
        fixed (float* px = x, py = y) Elements.Run(new ForwardOperation { X = px, Y = py }, x.Length, Cost);
    }

    /// <summary>dx = dy · (Φ(x) + x φ(x)).</summary>
    public static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dx, bool accumulate)
    {
        Spans.Need(dy.Length, x.Length, nameof(dy));
        Spans.Need(dx.Length, x.Length, nameof(dx));
        fixed (float* px = x, pdy = dy, pdx = dx) Elements.Run(new BackwardOperation { X = px, Dy = pdy, Dx = pdx, Accumulate = accumulate }, x.Length, Cost);
    }

    /// <summary>y = x/2 · (1 + tanh(√(2/π) (x + 0.044715 x³))).</summary>
    public static void ForwardTanh(ReadOnlySpan<float> x, Span<float> y)
    {
        Spans.Need(y.Length, x.Length, nameof(y));
        fixed (float* px = x, py = y) Elements.Run(new ForwardTanhOperation { X = px, Y = py }, x.Length, Cost);
    }

    /// <summary>Gradient of <see cref="ForwardTanh"/>.</summary>
    public static void BackwardTanh(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dx, bool accumulate)
    {
        Spans.Need(dy.Length, x.Length, nameof(dy));
        Spans.Need(dx.Length, x.Length, nameof(dx));
        fixed (float* px = x, pdy = dy, pdx = dx) Elements.Run(new BackwardTanhOperation { X = px, Dy = pdy, Dx = pdx, Accumulate = accumulate }, x.Length, Cost);
    }

    // Both directions work with a = −|x|, where Φ and φ are small and exact, and mirror: x Φ(x) = a Φ(a) + max(x, 0), and the slope of x is 1 minus that
    // of −x. Beyond 12.5 everything about a is 0 next to 1e-30, so a stops there and infinities need no care.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T LeftSide<T>(T x, out T e, out T tail) where T : unmanaged, ILanes<T>
    {
        var a = T.Max(T.Create(-12.5f), T.Create(0) - T.Abs(x));
        e = LaneMath.ExpInRange(a * a * T.Create(-0.5f));
        tail = LaneMath.NormalTail(a, e);
        return a;
    }

    private struct ForwardOperation : IElements
    {
        public float* X, Y;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void At<T>(nint i) where T : unmanaged, ILanes<T>
        {
            var x = T.Load(X + i);
            var a = LeftSide(x, out _, out var tail);
            T.MultiplyAdd(a, tail, T.Max(T.Create(0), x)).Store(Y + i);
        }
    }

    private struct BackwardOperation : IElements
    {
        public float* X, Dy, Dx;
        public bool Accumulate;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void At<T>(nint i) where T : unmanaged, ILanes<T>
        {
            var x = T.Load(X + i);
            var a = LeftSide(x, out var e, out var tail);
            var slope = T.MultiplyAdd(a * T.Create(0.3989422804f), e, tail); // Φ(a) + a φ(a)
            var dx = T.Load(Dy + i) * T.WhereLess(x, T.Create(0), slope, T.Create(1) - slope);
            if (Accumulate) dx += T.Load(Dx + i);
            dx.Store(Dx + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T InnerTanh<T>(T x) where T : unmanaged, ILanes<T> =>
        LaneMath.Tanh(T.Create(RootTwoOverPi) * x * T.MultiplyAdd(T.Create(Cubic) * x, x, T.Create(1)));

    private struct ForwardTanhOperation : IElements
    {
        public float* X, Y;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void At<T>(nint i) where T : unmanaged, ILanes<T>
        {
            var x = T.Load(X + i);
            T.WhereLess(x, T.Create(-20), T.Create(0), T.Create(0.5f) * x * (T.Create(1) + InnerTanh(x))).Store(Y + i);
        }
    }

    private struct BackwardTanhOperation : IElements
    {
        public float* X, Dy, Dx;
        public bool Accumulate;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void At<T>(nint i) where T : unmanaged, ILanes<T>
        {
            var x = T.Load(X + i);
            var h = InnerTanh(x);
            var slope = T.Create(RootTwoOverPi) * T.MultiplyAdd(T.Create(3 * Cubic) * x, x, T.Create(1));
            var bend = T.WhereLess(T.Create(20), T.Abs(x), T.Create(0), x * (T.Create(1) - h * h) * slope); // 0 far out, where ∞ · 0 would be NaN
            var dx = T.Load(Dy + i) * T.Create(0.5f) * (T.Create(1) + h + bend);
            if (Accumulate) dx += T.Load(Dx + i);
            dx.Store(Dx + i);
        }
    }
}

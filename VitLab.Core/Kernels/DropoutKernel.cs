using System.Runtime.CompilerServices;
using VitLab.Kernels.Simd;

namespace VitLab.Kernels;

/// <summary>
/// y = x / (1 − p) where a hash of (seed, index) says keep, else 0. The mask is a function of the seed and the element's index,
/// so nothing is saved: backward makes it anew.
/// </summary>
public static unsafe class DropoutKernel
{
    private const int Cost = 15;

    /// <param name="p">Probability to drop, 0..1.</param>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y, float p, ulong seed) => Run(x, y, p, seed, false);

    /// <summary>dx = dy · mask / (1 − p).</summary>
    public static void Backward(ReadOnlySpan<float> dy, Span<float> dx, float p, ulong seed, bool accumulate) => Run(dy, dx, p, seed, accumulate);

    private static void Run(ReadOnlySpan<float> x, Span<float> y, float p, ulong seed, bool accumulate)
    {
        Spans.Need(y.Length, x.Length, nameof(y));
        fixed (float* px = x, py = y) Elements.Run(new Operation { X = px, Y = py, Mask = new(p, seed), Accumulate = accumulate }, x.Length, Cost);
    }

    private struct Operation : IElements
    {
        public float* X, Y;
        public DropoutMask Mask;
        public bool Accumulate;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void At<T>(nint i) where T : unmanaged, ILanes<T>
        {
            var y = Mask.Apply(T.Load(X + i), (uint)i);
            if (Accumulate) y += T.Load(Y + i);
            y.Store(Y + i);
        }
    }
}

/// <summary>The mask of one dropout call.</summary>
internal readonly struct DropoutMask
{
    private readonly float _p;
    private readonly float _scale;
    private readonly uint _key0;
    private readonly uint _key1;

    public DropoutMask(float p, ulong seed)
    {
        _p = p;
        _scale = p < 1 ? 1 / (1 - p) : 0;
        var key = RandomKernel.Scatter(seed); // neighbouring seeds must not give masks that are permutations of each other
        _key0 = (uint)key;
        _key1 = (uint)(key >> 32);
    }

    /// <summary>The values at index, index + 1, …, scaled or replaced by 0 (whatever they were).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Apply<T>(T values, uint index) where T : unmanaged, ILanes<T> =>
        T.WhereLess(T.Uniform(index, _key0, _key1), T.Create(_p), T.Create(0), values * T.Create(_scale));
}

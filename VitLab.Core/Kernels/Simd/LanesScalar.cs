using System.Runtime.CompilerServices;

namespace VitLab.Kernels.Simd;

/// <summary>One float: the tail of every loop, and the whole of it where there is no vector hardware.</summary>
internal readonly unsafe struct LanesScalar : ILanes<LanesScalar>
{
    private readonly float _v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private LanesScalar(float v) => _v = v;

    public static int Width => 1;

    public static int TileColumns => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesScalar Create(float value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesScalar Broadcast(float* p) => new(*p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesScalar Load(float* p) => new(*p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* p) => *p = _v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesScalar operator +(LanesScalar a, LanesScalar b) => new(a._v + b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesScalar operator -(LanesScalar a, LanesScalar b) => new(a._v - b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesScalar operator *(LanesScalar a, LanesScalar b) => new(a._v * b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesScalar operator /(LanesScalar a, LanesScalar b) => new(a._v / b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesScalar MultiplyAdd(LanesScalar a, LanesScalar b, LanesScalar c) => new(float.MultiplyAddEstimate(a._v, b._v, c._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesScalar Max(LanesScalar a, LanesScalar b) => a._v > b._v ? a : b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesScalar Abs(LanesScalar a) => new(MathF.Abs(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesScalar Reciprocal(LanesScalar a) => new(1 / a._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesScalar Sqrt(LanesScalar a) => new(MathF.Sqrt(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesScalar ShiftIntoExponent(LanesScalar a) => new(BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(a._v) << 23));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesScalar WhereLess(LanesScalar a, LanesScalar b, LanesScalar yes, LanesScalar no) => a._v < b._v ? yes : no;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Sum() => _v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Largest() => _v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesScalar Uniform(uint index, uint key0, uint key1) =>
        new((LaneMath.Mix(LaneMath.Mix(index ^ key0) + key1) >> 8) * LaneMath.UniformStep);
}

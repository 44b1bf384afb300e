using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace VitLab.Kernels.Simd;

/// <summary>Functions over lanes, the same formula at every width.</summary>
internal static class LaneMath
{
    public const float UniformStep = 1f / (1 << 24);

    // Two rounds of xor-shift-multiply with these constants (Wellons, "lowbias32") scatter 32 bits with a bias under 0.2 %.
    public const uint Mix1 = 0x7feb352d;
    public const uint Mix2 = 0x846ca68b;

    public static uint Mix(uint x)
    {
        x = (x ^ (x >> 16)) * Mix1;
        x = (x ^ (x >> 15)) * Mix2;
        return x ^ (x >> 16);
    }

    public static float Largest(Vector128<float> v) => MathF.Max(MathF.Max(v[0], v[1]), MathF.Max(v[2], v[3]));

    /// <summary>exp x for x ≤ 0 (softmax and cross entropy need no other): as <see cref="ExpInRange"/>, 0 below -87.3, NaN for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ExpOfNegative<T>(T x) where T : unmanaged, ILanes<T>
    {
        var bound = T.Create(-87.3f);
        return T.WhereLess(x, bound, T.Create(0), ExpInRange(T.Max(bound, x)));
    }

    /// <summary>
    /// exp x for x in -87.3..87, relative error below 2e-7. x = n ln 2 + r with |r| ≤ ln 2 / 2; exp r = 1 + r + r² q(r) with the q of degree 4 that
    /// minimises the largest relative error over that range (3e-9, found by reweighted least squares in double precision).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ExpInRange<T>(T x) where T : unmanaged, ILanes<T>
    {
        // 1.5 · 2^23 pushes the fraction out, which rounds; the 127 beside it is the exponent's bias, so the last bits are the exponent of 2^n.
        var magic = T.Create(12582912f + 127);
        var shifted = T.MultiplyAdd(x, T.Create(1.44269504f), magic);
        var n = shifted - magic;
        var r = T.MultiplyAdd(n, T.Create(-0.693359375f), x); // ln 2 in two parts, the first exact in few bits
        r = T.MultiplyAdd(n, T.Create(2.12194440e-4f), r);
        var p = T.MultiplyAdd(r, T.Create(0.0013814593f), T.Create(0.008368718f));
        p = T.MultiplyAdd(p, r, T.Create(0.04166839f));
        p = T.MultiplyAdd(p, r, T.Create(0.16666521f));
        p = T.MultiplyAdd(p, r, T.Create(0.49999994f));
        p = T.MultiplyAdd(p, r, T.Create(1f));
        p = T.MultiplyAdd(p, r, T.Create(1f));
        return p * T.ShiftIntoExponent(shifted);
    }

    /// <summary>
    /// The normal distribution function Φ(a) for a in -12.5..0, given e = exp(−a²/2): Abramowitz and Stegun 7.1.26, absolute error below 1e-7 and two roundings.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T NormalTail<T>(T a, T e) where T : unmanaged, ILanes<T>
    {
        var t = T.Reciprocal(T.MultiplyAdd(a, T.Create(-0.23164189f), T.Create(1))); // 0.3275911 / √2
        var p = T.MultiplyAdd(t, T.Create(0.5f * 1.061405429f), T.Create(0.5f * -1.453152027f));
        p = T.MultiplyAdd(p, t, T.Create(0.5f * 1.421413741f));
        p = T.MultiplyAdd(p, t, T.Create(0.5f * -0.284496736f));
        p = T.MultiplyAdd(p, t, T.Create(0.5f * 0.254829592f));
        return p * t * e;
    }

    /// <summary>tanh x = sign x · (1 − e) / (1 + e), e = exp(−2|x|); absolute error below 2e-7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tanh<T>(T x) where T : unmanaged, ILanes<T>
    {
        var e = ExpOfNegative(T.Create(-2) * T.Abs(x));
        var h = (T.Create(1) - e) * T.Reciprocal(T.Create(1) + e);
        return T.WhereLess(x, T.Create(0), T.Create(0) - h, h);
    }
}

using System.Runtime.CompilerServices;
using VitLab.Kernels.Simd;

namespace VitLab.Kernels;

/// <summary>
/// m = β₁ m + (1 − β₁) g; v = β₂ v + (1 − β₂) g²; w −= lr · m̂ / (√v̂ + ε), hats being the bias corrections of step <c>step</c> (counted from 1).
/// Weight decay shrinks w by lr · decay first (AdamW, decoupled) or is added to g (Adam).
/// </summary>
public static unsafe class AdamKernel
{
    private const int Cost = 30; // a root and a division

    /// <summary>One update, in place. All spans have the parameter's length; g is left alone.</summary>
    public static void Step(Span<float> w, ReadOnlySpan<float> g, Span<float> m, Span<float> v, float lr, float beta1, float beta2, float eps, float weightDecay, bool decoupled, long step)
    {
        Spans.Need(g.Length, w.Length, nameof(g));
        Spans.Need(m.Length, w.Length, nameof(m));
        Spans.Need(v.Length, w.Length, nameof(v));
        fixed (float* pw = w, pg = g, pm = m, pv = v)
            Elements.Run(new Operation
            {
                W = pw, G = pg, M = pm, V = pv, Eps = eps,
                Gain1 = 1 - beta1, Gain2 = 1 - beta2,
                Keep = decoupled ? 1 - lr * weightDecay : 1,
                Decay = decoupled ? 0 : weightDecay,
                Rate = (float)(lr / (1 - Math.Pow(beta1, step))),
                RootCorrection = (float)(1 / Math.Sqrt(1 - Math.Pow(beta2, step))),
            }, w.Length, Cost);
    }

    private struct Operation : IElements
    {
        public float* W, G, M, V;
        public float Eps, Gain1, Gain2, Keep, Decay, Rate, RootCorrection;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void At<T>(nint i) where T : unmanaged, ILanes<T>
        {
            T w = T.Load(W + i), m = T.Load(M + i), v = T.Load(V + i);
            var g = T.MultiplyAdd(T.Create(Decay), w, T.Load(G + i));
            m = T.MultiplyAdd(T.Create(Gain1), g - m, m);
            v = T.MultiplyAdd(T.Create(Gain2), g * g - v, v);
            var denominator = T.MultiplyAdd(T.Sqrt(v), T.Create(RootCorrection), T.Create(Eps));
            w = w * T.Create(Keep) - T.Create(Rate) * m / denominator;
            w.Store(W + i);
            m.Store(M + i);
            v.Store(V + i);
        }
    }
}

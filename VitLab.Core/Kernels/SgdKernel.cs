using System.Runtime.CompilerServices;
using VitLab.Kernels.Simd;

namespace VitLab.Kernels;

/// <summary>Stochastic gradient descent with momentum as PyTorch defines it: buf = μ buf + (1 − dampening) g; w −= lr · buf (Nesterov: g + μ buf).</summary>
public static unsafe class SgdKernel
{
    private const int Cost = 6;

    /// <summary>One update, in place.</summary>
    /// <param name="momentumBuffer">The parameter's length, or empty without momentum.</param>
    /// <param name="first">The buffer holds nothing yet: it becomes g.</param>
    public static void Step(Span<float> w, ReadOnlySpan<float> g, Span<float> momentumBuffer, float lr, float momentum, float dampening, float weightDecay, bool nesterov, bool first)
    {
        Spans.Need(g.Length, w.Length, nameof(g));
        Spans.NeedOrNone(momentumBuffer.Length, w.Length, nameof(momentumBuffer));
        fixed (float* pw = w, pg = g, pbuffer = momentumBuffer)
            Elements.Run(new Operation
            {
                W = pw, G = pg, Buffer = pbuffer, Rate = -lr, Decay = weightDecay, Nesterov = nesterov, Momentum = momentum,
                First = first, Gain = 1 - dampening,
            }, w.Length, Cost);
    }

    private struct Operation : IElements
    {
        public float* W, G, Buffer;
        public float Rate, Momentum, Gain, Decay;
        public bool Nesterov, First;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void At<T>(nint i) where T : unmanaged, ILanes<T>
        {
            var w = T.Load(W + i);
            var g = T.MultiplyAdd(T.Create(Decay), w, T.Load(G + i));
            if (Buffer != null)
            {
                var buffer = First ? g : T.MultiplyAdd(T.Create(Momentum), T.Load(Buffer + i), T.Create(Gain) * g);
                buffer.Store(Buffer + i);
                g = Nesterov ? T.MultiplyAdd(T.Create(Momentum), buffer, g) : buffer;
            }
            T.MultiplyAdd(T.Create(Rate), g, w).Store(W + i);
        }
    }
}

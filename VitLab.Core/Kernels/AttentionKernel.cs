using VitLab.Kernels.Simd;

namespace VitLab.Kernels;

/// <summary>
/// y = dropout(softmax(scale · q kᵀ + mask)) v for every batch and head. Saves the probabilities before dropout; backward reads q, k, v and them,
/// and makes the dropout mask anew from the seed. Every (batch, head) is computed whole by one worker, in memory that stays in its first cache.
/// </summary>
public static unsafe class AttentionKernel
{
    /// <param name="q">(B, H, Nq, D) as <paramref name="ql"/> says; k and v (B, H, Nk, D) likewise.</param>
    /// <param name="mask">Added to the scores: (B, H, Nq, Nk) with the strides of <paramref name="ml"/> (0: shared), last dimension contiguous. Empty: none.</param>
    /// <param name="causal">Token i sees tokens 0..i only.</param>
    /// <param name="y">(B, H, Nq, D) as <paramref name="yl"/> says, overwritten.</param>
    /// <param name="p">(B, H, Nq, Nk) contiguous, the probabilities. A row that sees nothing is all zero.</param>
    /// <param name="dropout">Probability to drop a probability; that of query i and key j is element ((b·H + h)·Nk + j)·Nq + i of <see cref="DropoutKernel"/>'s mask.</param>
    public static void Forward(ReadOnlySpan<float> q, HeadLayout ql, ReadOnlySpan<float> k, HeadLayout kl, ReadOnlySpan<float> v, HeadLayout vl,
        ReadOnlySpan<float> mask, HeadLayout ml, bool causal, Span<float> y, HeadLayout yl, Span<float> p,
        int B, int H, int Nq, int Nk, int D, float scale, float dropout, ulong seed)
    {
        if (B <= 0 || H <= 0 || Nq <= 0 || Nk <= 0 || D <= 0) return;
        Spans.Need(q.Length, Extent(ql, B, H, Nq, D), nameof(q));
        Spans.Need(k.Length, Extent(kl, B, H, Nk, D), nameof(k));
        Spans.Need(v.Length, Extent(vl, B, H, Nk, D), nameof(v));
        Spans.Need(y.Length, Extent(yl, B, H, Nq, D), nameof(y));
        Spans.NeedOrNone(mask.Length, Extent(ml, B, H, Nq, Nk), nameof(mask));
        Spans.Need(p.Length, (long)B * H * Nq * Nk, nameof(p));
        fixed (float* pq = q, pk = k, pv = v, pmask = mask, py = y, pp = p)
        {
            var job = new AttentionForward
            {
                Q = pq, Ql = ql, K = pk, Kl = kl, V = pv, Vl = vl, Mask = pmask, Ml = ml, Causal = causal, Y = py, Yl = yl, P = pp,
                Batch = B, Heads = H, Nq = Nq, Nk = Nk, D = D, Scale = scale, Drops = dropout > 0, Dropout = new(dropout, seed),
            };
            Workers.Run(Workers.PartsFor((long)B * H * Nq * Nk * (2 * D + 30), B * H), ref job);
        }
    }

    /// <summary>Gradients of q, k and v from dy and the saved probabilities. An empty gradient span is not wanted.</summary>
    /// <param name="accumulate">Whether the gradients are added to.</param>
    public static void Backward(ReadOnlySpan<float> q, HeadLayout ql, ReadOnlySpan<float> k, HeadLayout kl, ReadOnlySpan<float> v, HeadLayout vl,
        ReadOnlySpan<float> p, ReadOnlySpan<float> dy, HeadLayout yl, Span<float> dq, HeadLayout dql, Span<float> dk, HeadLayout dkl, Span<float> dv, HeadLayout dvl,
        int B, int H, int Nq, int Nk, int D, float scale, float dropout, ulong seed, bool accumulate)
    {
        if (B <= 0 || H <= 0 || Nq <= 0 || Nk <= 0 || D <= 0) return;
        Spans.Need(q.Length, Extent(ql, B, H, Nq, D), nameof(q));
        Spans.Need(k.Length, Extent(kl, B, H, Nk, D), nameof(k));
        Spans.Need(v.Length, Extent(vl, B, H, Nk, D), nameof(v));
        Spans.Need(p.Length, (long)B * H * Nq * Nk, nameof(p));
        Spans.Need(dy.Length, Extent(yl, B, H, Nq, D), nameof(dy));
        Spans.NeedOrNone(dq.Length, Extent(dql, B, H, Nq, D), nameof(dq));
        Spans.NeedOrNone(dk.Length, Extent(dkl, B, H, Nk, D), nameof(dk));
        Spans.NeedOrNone(dv.Length, Extent(dvl, B, H, Nk, D), nameof(dv));
        fixed (float* pq = q, pk = k, pv = v, pp = p, pdy = dy, pdq = dq, pdk = dk, pdv = dv)
        {
            var job = new AttentionBackward
            {
                Q = pq, Ql = ql, K = pk, Kl = kl, V = pv, Vl = vl, P = pp, Dy = pdy, Yl = yl, Dq = pdq, Dql = dql, Dk = pdk, Dkl = dkl, Dv = pdv, Dvl = dvl,
                Batch = B, Heads = H, Nq = Nq, Nk = Nk, D = D, Scale = scale, Drops = dropout > 0, Dropout = new(dropout, seed), Accumulate = accumulate,
            };
            Workers.Run(Workers.PartsFor((long)B * H * Nq * Nk * (5 * D + 20), B * H), ref job);
        }
    }

    private static long Extent(HeadLayout l, int batch, int heads, int tokens, int dimension) =>
        (batch - 1L) * l.Batch + (heads - 1L) * l.Head + (tokens - 1L) * l.Token + dimension;
}

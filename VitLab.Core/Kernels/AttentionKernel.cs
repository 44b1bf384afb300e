namespace VitLab.Kernels;

/// <summary>
/// y = dropout(softmax(scale · q kᵀ + mask)) v for every batch and head. Saves the probabilities before dropout; backward reads q, k, v and them,
/// and makes the dropout mask anew from the seed.
/// </summary>
public static class AttentionKernel
{
    /// <param name="q">(B, H, Nq, D) as <paramref name="ql"/> says; k and v (B, H, Nk, D) likewise.</param>
    /// <param name="mask">Added to the scores: (B, H, Nq, Nk) with the strides of <paramref name="ml"/> (0: shared), last dimension contiguous. Empty: none.</param>
    /// <param name="causal">Token i sees tokens 0..i only.</param>
    /// <param name="y">(B, H, Nq, D) as <paramref name="yl"/> says, overwritten.</param>
    /// <param name="p">(B, H, Nq, Nk) contiguous, the probabilities. A row that sees nothing is all zero.</param>
    public static void Forward(ReadOnlySpan<float> q, HeadLayout ql, ReadOnlySpan<float> k, HeadLayout kl, ReadOnlySpan<float> v, HeadLayout vl,
        ReadOnlySpan<float> mask, HeadLayout ml, bool causal, Span<float> y, HeadLayout yl, Span<float> p,
        int B, int H, int Nq, int Nk, int D, float scale, float dropout, ulong seed)
    {
        for (var b = 0; b < B; b++)
            for (var h = 0; h < H; h++)
                for (var i = 0; i < Nq; i++)
                {
                    var row = p.Slice(((b * H + h) * Nq + i) * Nk, Nk);
                    var max = float.NegativeInfinity;
                    for (var j = 0; j < Nk; j++)
                    {
                        var s = 0f;
                        for (var d = 0; d < D; d++) s += q[b * ql.Batch + h * ql.Head + i * ql.Token + d] * k[b * kl.Batch + h * kl.Head + j * kl.Token + d];
                        s *= scale;
                        if (!mask.IsEmpty) s += mask[b * ml.Batch + h * ml.Head + i * ml.Token + j];
                        if (causal && j > i) s = float.NegativeInfinity;
                        row[j] = s;
                        max = Math.Max(max, s);
                    }
                    var sum = 0f;
                    for (var j = 0; j < Nk; j++) sum += row[j] = float.IsNegativeInfinity(max) ? 0 : MathF.Exp(row[j] - max);
                    for (var j = 0; j < Nk; j++) row[j] = sum == 0 ? 0 : row[j] / sum;
                    for (var d = 0; d < D; d++)
                    {
                        var t = 0f;
                        for (var j = 0; j < Nk; j++)
                            t += row[j] * DropoutKernel.Factor(dropout, seed, ((b * H + h) * Nq + i) * Nk + j) * v[b * vl.Batch + h * vl.Head + j * vl.Token + d];
                        y[b * yl.Batch + h * yl.Head + i * yl.Token + d] = t;
                    }
                }
    }

    /// <summary>Gradients of q, k and v from dy and the saved probabilities. An empty gradient span is not wanted.</summary>
    public static void Backward(ReadOnlySpan<float> q, HeadLayout ql, ReadOnlySpan<float> k, HeadLayout kl, ReadOnlySpan<float> v, HeadLayout vl,
        ReadOnlySpan<float> p, ReadOnlySpan<float> dy, HeadLayout yl, Span<float> dq, HeadLayout dql, Span<float> dk, HeadLayout dkl, Span<float> dv, HeadLayout dvl,
        int B, int H, int Nq, int Nk, int D, float scale, float dropout, ulong seed, bool accumulate)
    {
        for (var b = 0; b < B; b++)
            for (var h = 0; h < H; h++)
            {
                if (!accumulate)
                {
                    for (var i = 0; i < Nq && !dq.IsEmpty; i++) dq.Slice(b * dql.Batch + h * dql.Head + i * dql.Token, D).Clear();
                    for (var j = 0; j < Nk && !dk.IsEmpty; j++) dk.Slice(b * dkl.Batch + h * dkl.Head + j * dkl.Token, D).Clear();
                    for (var j = 0; j < Nk && !dv.IsEmpty; j++) dv.Slice(b * dvl.Batch + h * dvl.Head + j * dvl.Token, D).Clear();
                }
                var ds = new float[Nk];
                for (var i = 0; i < Nq; i++)
                {
                    var at = ((b * H + h) * Nq + i) * Nk;
                    var dot = 0f;
                    for (var j = 0; j < Nk; j++)
                    {
                        var factor = DropoutKernel.Factor(dropout, seed, at + j);
                        var dp = 0f;
                        for (var d = 0; d < D; d++)
                        {
                            var g = dy[b * yl.Batch + h * yl.Head + i * yl.Token + d];
                            dp += g * v[b * vl.Batch + h * vl.Head + j * vl.Token + d];
                            if (!dv.IsEmpty) dv[b * dvl.Batch + h * dvl.Head + j * dvl.Token + d] += g * p[at + j] * factor;
                        }
                        ds[j] = dp * factor;
                        dot += ds[j] * p[at + j];
                    }
                    for (var j = 0; j < Nk; j++)
                    {
                        var s = p[at + j] * (ds[j] - dot) * scale;
                        for (var d = 0; d < D; d++)
                        {
                            if (!dq.IsEmpty) dq[b * dql.Batch + h * dql.Head + i * dql.Token + d] += s * k[b * kl.Batch + h * kl.Head + j * kl.Token + d];
                            if (!dk.IsEmpty) dk[b * dkl.Batch + h * dkl.Head + j * dkl.Token + d] += s * q[b * ql.Batch + h * ql.Head + i * ql.Token + d];
                        }
                    }
                }
            }
    }
}

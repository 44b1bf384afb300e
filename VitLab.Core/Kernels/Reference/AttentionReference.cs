namespace VitLab.Kernels.Reference;

/// <summary>Double-precision twin of <see cref="AttentionKernel"/>. The dropout factors (B, H, Nq, Nk) are given; empty: none.</summary>
public static class AttentionReference
{
    /// <summary>As <see cref="AttentionKernel.Forward"/>.</summary>
    public static void Forward(ReadOnlySpan<double> q, HeadLayout ql, ReadOnlySpan<double> k, HeadLayout kl, ReadOnlySpan<double> v, HeadLayout vl,
        ReadOnlySpan<double> mask, HeadLayout ml, bool causal, Span<double> y, HeadLayout yl, Span<double> p,
        int B, int H, int Nq, int Nk, int D, double scale, ReadOnlySpan<double> factors)
    {
        for (var b = 0; b < B; b++)
            for (var h = 0; h < H; h++)
                for (var i = 0; i < Nq; i++)
                {
                    var at = ((b * H + h) * Nq + i) * Nk;
                    var max = double.NegativeInfinity;
                    for (var j = 0; j < Nk; j++)
                    {
                        var s = 0.0;
                        for (var d = 0; d < D; d++) s += q[b * ql.Batch + h * ql.Head + i * ql.Token + d] * k[b * kl.Batch + h * kl.Head + j * kl.Token + d];
                        s = s * scale + (mask.IsEmpty ? 0 : mask[b * ml.Batch + h * ml.Head + i * ml.Token + j]);
                        p[at + j] = causal && j > i ? double.NegativeInfinity : s;
                        max = Math.Max(max, p[at + j]);
                    }
                    var sum = 0.0;
                    for (var j = 0; j < Nk; j++) sum += p[at + j] = double.IsNegativeInfinity(max) ? 0 : Math.Exp(p[at + j] - max);
                    for (var j = 0; j < Nk; j++) p[at + j] = sum == 0 ? 0 : p[at + j] / sum;
                    for (var d = 0; d < D; d++)
                    {
                        var t = 0.0;
                        for (var j = 0; j < Nk; j++) t += p[at + j] * Factor(factors, at + j) * v[b * vl.Batch + h * vl.Head + j * vl.Token + d];
                        y[b * yl.Batch + h * yl.Head + i * yl.Token + d] = t;
                    }
                }
    }

    /// <summary>As <see cref="AttentionKernel.Backward"/>, always adding to dq, dk and dv.</summary>
    public static void Backward(ReadOnlySpan<double> q, HeadLayout ql, ReadOnlySpan<double> k, HeadLayout kl, ReadOnlySpan<double> v, HeadLayout vl,
        ReadOnlySpan<double> p, ReadOnlySpan<double> dy, HeadLayout yl, Span<double> dq, HeadLayout dql, Span<double> dk, HeadLayout dkl, Span<double> dv, HeadLayout dvl,
        int B, int H, int Nq, int Nk, int D, double scale, ReadOnlySpan<double> factors)
    {
        var ds = new double[Nk];
        for (var b = 0; b < B; b++)
            for (var h = 0; h < H; h++)
                for (var i = 0; i < Nq; i++)
                {
                    var at = ((b * H + h) * Nq + i) * Nk;
                    var dot = 0.0;
                    for (var j = 0; j < Nk; j++)
                    {
                        ds[j] = 0;
                        for (var d = 0; d < D; d++)
                        {
                            var g = dy[b * yl.Batch + h * yl.Head + i * yl.Token + d] * Factor(factors, at + j);
                            ds[j] += g * v[b * vl.Batch + h * vl.Head + j * vl.Token + d];
                            dv[b * dvl.Batch + h * dvl.Head + j * dvl.Token + d] += g * p[at + j];
                        }
                        dot += ds[j] * p[at + j];
                    }
                    for (var j = 0; j < Nk; j++)
                        for (var d = 0; d < D; d++)
                        {
                            var s = p[at + j] * (ds[j] - dot) * scale;
                            dq[b * dql.Batch + h * dql.Head + i * dql.Token + d] += s * k[b * kl.Batch + h * kl.Head + j * kl.Token + d];
                            dk[b * dkl.Batch + h * dkl.Head + j * dkl.Token + d] += s * q[b * ql.Batch + h * ql.Head + i * ql.Token + d];
                        }
                }
    }

    private static double Factor(ReadOnlySpan<double> factors, int at) => factors.IsEmpty ? 1 : factors[at];
}

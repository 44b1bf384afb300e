using VitLab.Kernels;
using VitLab.Kernels.Reference;
using static VitLab.Tests.Kernels.KernelCheck;

namespace VitLab.Tests.Kernels;

[Trait("Kernels", "Paths")]
public class AttentionKernelTests
{
    // (B, H, Nq, Nk, D): the lab's own, and sizes around the registers' widths.
    public static TheoryData<int, int, int, int, int> Shapes => new()
    {
        { 3, 4, 17, 17, 16 }, { 3, 4, 17, 17, 4 }, { 1, 1, 1, 1, 1 }, { 2, 2, 5, 7, 3 }, { 1, 2, 16, 16, 8 }, { 1, 2, 50, 50, 24 }, { 1, 1, 9, 65, 64 }, { 2, 1, 33, 20, 7 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ForwardAndBackward_FusedQkv_MatchReference(int B, int H, int Nq, int Nk, int D)
    {
        foreach (var (masked, causal, dropout) in new[] { (false, false, 0f), (true, false, 0f), (false, true, 0f), (false, false, 0.3f), (true, true, 0.3f) })
            Check(new(B, H, Nq, Nk, D, masked, causal, dropout));
    }

    private sealed record Case(int B, int H, int Nq, int Nk, int D, bool Masked, bool Causal, float Dropout);

    private static void Check(Case c)
    {
        var (B, H, Nq, Nk, D, masked, causal, dropout) = c;
        // q as one slice of three in a fused projection, k and v as halves of another; y (B, N, H, D).
        HeadLayout ql = new(Nq * 3 * H * D, D, 3 * H * D), kl = new(Nk * 2 * H * D, D, 2 * H * D), yl = new(Nq * H * D, D, H * D), ml = new(0, 0, Nk);
        int qs = B * ql.Batch - 2 * H * D, ks = B * kl.Batch - H * D, ys = B * yl.Batch, ps = B * H * Nq * Nk;
        float[] q = Random(qs, 1), k = Random(ks, 2), v = Random(ks, 3), mask = masked ? Random(Nq * Nk, 4) : [], dy = Random(ys, 5);
        float[] dq0 = Random(qs, 6), dk0 = Random(ks, 7), dv0 = Random(ks, 8);
        if (masked)
            for (var i = 0; i < mask.Length; i += 3) mask[i] = float.NegativeInfinity;
        const ulong seed = 99;
        const float scale = 0.37f;
        var factors = new float[dropout > 0 ? ps : 0];
        if (dropout > 0)
        {
            var byKey = new float[ps]; // the same stream of masks, (B, H, Nk, Nq)
            DropoutKernel.Forward(Enumerable.Repeat(1f, ps).ToArray(), byKey, dropout, seed);
            for (var at = 0; at < ps; at++) factors[at] = byKey[at / (Nq * Nk) * (Nq * Nk) + at % Nk * Nq + at / Nk % Nq];
        }

        double[] y = new double[ys], p = new double[ps], dq = new double[qs], dk = new double[ks], dv = new double[ks];
        AttentionReference.Forward(Doubles(q), ql, Doubles(k), kl, Doubles(v), kl, Doubles(mask), ml, causal, y, yl, p, B, H, Nq, Nk, D, scale, Doubles(factors));
        AttentionReference.Backward(Doubles(q), ql, Doubles(k), kl, Doubles(v), kl, p, Doubles(dy), yl, dq, ql, dk, kl, dv, kl, B, H, Nq, Nk, D, scale, Doubles(factors));
        // Scores are sums of D products below 1, so they and the probabilities' logarithms are off by at most D² roundings, scaled; the rest is a few roundings more.
        var tolerance = (scale * D * D + D + Nk + 40) * Rounding / (1 - dropout);

        OnEveryPath(() =>
        {
            using GuardedFloats gq = new(q), gk = new(k), gv = new(v), gmask = new(mask), gy = new(new float[ys]), gp = new(new float[ps]), gdy = new(dy);
            AttentionKernel.Forward(gq, ql, gk, kl, gv, kl, gmask, ml, causal, gy, yl, gp, B, H, Nq, Nk, D, scale, dropout, seed);
            Close(gp, p, tolerance, 1, "p");
            Close(gy, y, tolerance, 1, "y");

            foreach (var accumulate in new[] { false, true })
            {
                using GuardedFloats gdq = new(dq0), gdk = new(dk0), gdv = new(dv0);
                AttentionKernel.Backward(gq, ql, gk, kl, gv, kl, gp, gdy, yl, gdq, ql, gdk, kl, gdv, kl, B, H, Nq, Nk, D, scale, dropout, seed, accumulate);
                CloseWhereOwned(gdq, dq, dq0, ql, B, H, Nq, D, accumulate, 4 * D * tolerance, "dq");
                CloseWhereOwned(gdk, dk, dk0, kl, B, H, Nk, D, accumulate, 4 * D * tolerance, "dk");
                CloseWhereOwned(gdv, dv, dv0, kl, B, H, Nk, D, accumulate, 4 * tolerance, "dv");
            }
        });
    }

    // The gradient where it belongs, and what was there before in the gaps.
    private static void CloseWhereOwned(GuardedFloats actual, double[] gradient, float[] before, HeadLayout l, int B, int H, int N, int D, bool accumulate, double tolerance, string what)
    {
        var expected = Doubles(before);
        for (var b = 0; b < B; b++)
            for (var h = 0; h < H; h++)
                for (var i = 0; i < N; i++)
                    for (var d = 0; d < D; d++)
                    {
                        var at = b * l.Batch + h * l.Head + i * l.Token + d;
                        expected[at] = (accumulate ? before[at] : 0) + gradient[at];
                    }
        Close(actual, expected, tolerance, 1, what);
    }

    [Fact]
    public void Forward_RowThatSeesNothing_IsZero()
    {
        OnEveryPath(() =>
        {
            float[] q = Random(3 * 5, 1), mask = new float[9], y = [.. Enumerable.Repeat(9f, 15)], p = new float[9];
            Array.Fill(mask, float.NegativeInfinity, 3, 3);
            var layout = HeadLayout.Contiguous(1, 3, 5);

            AttentionKernel.Forward(q, layout, q, layout, q, layout, mask, new(0, 0, 3), false, y, layout, p, 1, 1, 3, 3, 5, 1, 0, 0);

            Assert.Equal([0, 0, 0], p[3..6]);
            Assert.Equal([0, 0, 0, 0, 0], y[5..10]);
            Assert.Equal(1, p[..3].Sum(), 1e-6);
        });
    }

    [Theory]
    [InlineData(300f)]
    [InlineData(-300f)]
    public void Forward_ExtremeScores_StayFinite(float score)
    {
        OnEveryPath(() =>
        {
            var layout = HeadLayout.Contiguous(1, 2, 1);
            float[] y = new float[2], p = new float[4];

            AttentionKernel.Forward([1, 1], layout, [score, 0], layout, [1, 2], layout, default, default, false, y, layout, p, 1, 1, 2, 2, 1, 1, 0, 0);

            Assert.Equal(score > 0 ? [1, 0, 1, 0] : new float[] { 0, 1, 0, 1 }, p);
        });
    }

    [Fact]
    public void Forward_NotANumber_IsNotHidden()
    {
        OnEveryPath(() =>
        {
            var layout = HeadLayout.Contiguous(1, 2, 1);
            float[] y = new float[2], p = new float[4];

            AttentionKernel.Forward([float.NaN, 1], layout, [1, 1], layout, [1, 2], layout, default, default, false, y, layout, p, 1, 1, 2, 2, 1, 1, 0, 0);

            Assert.True(float.IsNaN(y[0]));
            Assert.Equal(1.5f, y[1]);
        });
    }
}

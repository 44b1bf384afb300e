using VitLab.Kernels;
using VitLab.Kernels.Reference;
using static VitLab.Tests.Kernels.KernelCheck;

namespace VitLab.Tests.Kernels;

[Trait("Kernels", "Paths")]
public class OptimizerKernelTests
{
    public static TheoryData<int> Lengths => [.. Enumerable.Range(0, 71).Append(12_288)];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Adam_FiveSteps_MatchesReference(int n)
    {
        foreach (var decoupled in new[] { false, true })
        {
            var w0 = Random(n, 1);
            double[] w = Doubles(w0), m = new double[n], v = new double[n];
            for (var step = 1; step <= 5; step++) OptimizerReference.Adam(w, Doubles(Random(n, step + 10)), m, v, 1e-3f, 0.9f, 0.999f, 1e-8f, 0.05f, decoupled, step);
            OnEveryPath(() =>
            {
                using GuardedFloats gw = new(w0), gm = new(new float[n]), gv = new(new float[n]);
                for (var step = 1; step <= 5; step++)
                {
                    using var g = new GuardedFloats(Random(n, step + 10));
                    AdamKernel.Step(gw, g, gm, gv, 1e-3f, 0.9f, 0.999f, 1e-8f, 0.05f, decoupled, step);
                }
                // Each step moves a weight by about lr; 1 − β₂ in float is right to 6e-5, which shifts a step by half of that.
                Close(gw, w, _ => 5 * (1e-3 * 2e-4 + 4 * Rounding), "w");
                Close(gm, m, 30 * Rounding, 1, "m");
                Close(gv, v, 1e-4, what: "v");
            });
        }
    }

    [Theory]
    [InlineData(0f, 0f, false)]
    [InlineData(0.9f, 0f, false)]
    [InlineData(0.9f, 0.1f, false)]
    [InlineData(0.9f, 0f, true)]
    public void Sgd_ThreeSteps_MatchesReference(float momentum, float dampening, bool nesterov)
    {
        for (var n = 0; n <= 70; n++)
        {
            var w0 = Random(n, 1);
            double[] w = Doubles(w0), buffer = new double[momentum > 0 ? n : 0];
            for (var step = 0; step < 3; step++) OptimizerReference.Sgd(w, Doubles(Random(n, step + 10)), buffer, 0.1f, momentum, dampening, 0.01f, nesterov, step == 0);
            OnEveryPath(() =>
            {
                using GuardedFloats gw = new(w0), gbuffer = new(new float[buffer.Length]);
                for (var step = 0; step < 3; step++)
                {
                    using var g = new GuardedFloats(Random(n, step + 10));
                    SgdKernel.Step(gw, g, gbuffer, 0.1f, momentum, dampening, 0.01f, nesterov, step == 0);
                }
                Close(gw, w, 20 * Rounding, 2);
            });
        }
    }
}

using VitLab.Kernels;
using VitLab.Kernels.Reference;
using static VitLab.Tests.Kernels.KernelCheck;

namespace VitLab.Tests.Kernels;

[Trait("Kernels", "Paths")]
public class CrossEntropyKernelTests
{
    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(128, 10, 0)]
    [InlineData(128, 10, 0.1)]
    [InlineData(40, 17, 0.2)]
    [InlineData(9, 70, 0)]
    [InlineData(600, 33, 0.05)]
    public void ForwardAndBackward_WeightsSmoothingAndIgnored_MatchReference(int rows, int classes, double smoothing)
    {
        float[] logits = Random(rows * classes, 1, -8, 8), weights = Random(classes, 2, 0.2, 2), dlosses = Random(rows, 3), before = Random(logits.Length, 4);
        var random = new Random(5);
        var targets = new long[rows];
        for (var i = 0; i < rows; i++) targets[i] = i % 7 == 3 ? -100 : random.Next(classes);
        foreach (var weight in new[] { [], weights })
        {
            double[] losses = new double[rows], dlogits = new double[logits.Length];
            SoftmaxReference.CrossEntropy(Doubles(logits), targets, Doubles(weight), losses, Doubles(dlosses), dlogits, rows, classes, -100, smoothing);
            OnEveryPath(() =>
            {
                using GuardedFloats glogits = new(logits), gp = new(new float[logits.Length]), glosses = new(new float[rows]), gdlosses = new(dlosses);
                CrossEntropyKernel.Forward(glogits, targets, weight, gp, glosses, rows, classes, -100, (float)smoothing);
                Close(glosses, losses, (classes + 60) * Rounding, 16, "loss");
                foreach (var accumulate in new[] { false, true })
                {
                    using var gdlogits = new GuardedFloats(before);
                    CrossEntropyKernel.Backward(gp, targets, weight, gdlosses, gdlogits, rows, classes, -100, (float)smoothing, accumulate);
                    Close(gdlogits, accumulate ? Sum(dlogits, before) : dlogits, 2 * (classes + 60) * Rounding, 2, "dlogits");
                }
            });
        }
    }

    [Fact]
    public void Forward_ExtremeLogits_GivesTheExactLoss()
    {
        OnEveryPath(() =>
        {
            float[] p = new float[6], losses = new float[2];

            CrossEntropyKernel.Forward([300, -300, 0, 300, -300, 0], [0, 1], default, p, losses, 2, 3, -100, 0);

            Assert.Equal([0, 600], losses);
        });
    }

    [Fact]
    public void Forward_TargetOutsideTheClasses_SaysWhichRow()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => CrossEntropyKernel.Forward(new float[20], [3, 10], default, new float[20], new float[2], 2, 10, -100, 0));

        Assert.Contains("Target 10 of row 1", error.Message, StringComparison.Ordinal);
    }
}

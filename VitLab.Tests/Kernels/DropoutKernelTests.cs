using VitLab.Kernels;
using static VitLab.Tests.Kernels.KernelCheck;

namespace VitLab.Tests.Kernels;

[Trait("Kernels", "Paths")]
public class DropoutKernelTests
{
    private static float[] Mask(int length, float p, ulong seed)
    {
        var mask = new float[length];
        DropoutKernel.Forward(Enumerable.Repeat(1f, length).ToArray(), mask, p, seed);
        return mask;
    }

    [Theory]
    [InlineData(0.1f)]
    [InlineData(0.5f)]
    [InlineData(0.9f)]
    public void Forward_ManyElements_DropsThatShareAndKeepsTheMean(float p)
    {
        const int n = 200_000;
        var mask = Mask(n, p, 42);

        var dropped = mask.Count(v => v == 0) / (double)n;
        var neighbours = Enumerable.Range(0, n - 1).Count(i => mask[i] == 0 && mask[i + 1] == 0) / (double)n;

        // Five standard deviations of a binomial share; a pair is dropped together with probability p².
        Assert.Equal(p, dropped, 5 * Math.Sqrt(p * (1 - p) / n));
        Assert.Equal(p * p, neighbours, 7 * Math.Sqrt(p * p / n));
        Assert.All(mask, v => Assert.True(v == 0 || v == 1 / (1 - p)));
    }

    [Fact]
    public void Forward_NeighbouringSeeds_AgreeOnlyByChance()
    {
        const int n = 100_000;
        for (ulong seed = 0; seed < 8; seed++)
        {
            float[] a = Mask(n, 0.5f, seed), b = Mask(n, 0.5f, seed + 1);
            foreach (var swap in new[] { 0, 1, 2, 4 })
                Assert.Equal(0.5, Enumerable.Range(0, n).Count(i => a[i] == b[i ^ swap % n]) / (double)n, 0.01);
        }
    }

    [Fact]
    public void Backward_SameSeed_UsesTheForwardMaskOnEveryPath()
    {
        for (var length = 0; length <= 70; length++)
        {
            float[] x = Random(length, length), mask = Mask(length, 0.3f, 7), before = Random(length, 1);
            OnEveryPath(() =>
            {
                using GuardedFloats gx = new(x), gy = new(new float[length]), gdx = new(before);
                DropoutKernel.Forward(gx, gy, 0.3f, 7);
                DropoutKernel.Backward(gx, gdx, 0.3f, 7, accumulate: true);
                for (var i = 0; i < length; i++)
                {
                    Assert.Equal(x[i] * mask[i], gy.Span[i]);
                    Assert.Equal(before[i] + x[i] * mask[i], gdx.Span[i], 1e-6f);
                }
            });
        }
    }

    [Fact]
    public void Forward_Extremes_DropNothingOrAll()
    {
        Assert.All(Mask(100, 0, 1), v => Assert.Equal(1, v));
        Assert.All(Mask(100, 1, 1), v => Assert.Equal(0, v));
    }
}

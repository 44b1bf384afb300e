using VitLab.Kernels;
using static VitLab.Tests.Kernels.KernelCheck;

namespace VitLab.Tests.Kernels;

[Trait("Kernels", "Paths")]
public class SmallKernelTests
{
    [Fact]
    public void Elementwise_EveryLength_DoesWhatItSays()
    {
        foreach (var n in Enumerable.Range(0, 71).Append(140_000))
            OnEveryPath(() =>
            {
                float[] x = Random(n, 1), y = Random(n, 2), z = Random(n, 3);
                using GuardedFloats gx = new(x), gy = new(y), sum = new(z), total = new(z), product = new(z), fused = new(z), scaled = new(z), added = new(z), copy = new(z);
                ElementwiseKernel.Add(gx, gy, sum);
                ElementwiseKernel.Accumulate(gx, total);
                ElementwiseKernel.Multiply(gx, gy, product, accumulate: false);
                ElementwiseKernel.Multiply(gx, gy, fused, accumulate: true);
                ElementwiseKernel.Scale(gx, 0.5f, scaled, accumulate: false);
                ElementwiseKernel.Scale(gx, 0.5f, added, accumulate: true);
                ElementwiseKernel.Copy(gx, copy);
                for (var i = 0; i < n; i++)
                {
                    Assert.Equal(x[i] + y[i], sum.Span[i]);
                    Assert.Equal(x[i] + z[i], total.Span[i]);
                    Assert.Equal(x[i] * y[i], product.Span[i]);
                    Assert.True(Math.Abs(x[i] * y[i] + z[i] - fused.Span[i]) < 4 * Rounding);
                    Assert.Equal(x[i] * 0.5f, scaled.Span[i]);
                    Assert.Equal(x[i] * 0.5f + z[i], added.Span[i]);
                    Assert.Equal(x[i], copy.Span[i]);
                }
            });
    }

    [Fact]
    public void SumOfSquares_ManyValues_IsRightToSixDigits()
    {
        foreach (var n in new[] { 0, 1, 17, 70, 256, 257, 4096, 300_000 })
        {
            var x = Random(n, n);
            var expected = Doubles(x).Sum(v => v * v);
            OnEveryPath(() => Assert.Equal(expected, NormKernel.SumOfSquares(x), 1e-6 * expected));
        }
    }

    [Fact]
    public void Embedding_LooksUpAndSumsBack()
    {
        float[] table = [1, 2, 3, 4, 5, 6], y = new float[6], dtable = [0, 0, 0, 0, 0, 9];

        EmbeddingKernel.Forward([2, 0, 2], table, y, 2);
        Assert.Equal([5, 6, 1, 2, 5, 6], y);

        EmbeddingKernel.Backward([2, 0, 2], [1, 2, 3, 4, 5, 6], dtable, 2);
        Assert.Equal([3, 4, 0, 0, 6, 17], dtable);

        EmbeddingKernel.Backward([2, 0], [1, 1, 1, 1], dtable, 2, paddingIndex: 2);
        Assert.Equal([4, 5, 0, 0, 6, 17], dtable);
    }

    [Fact]
    public void Embedding_IndexOutsideTheTable_SaysWhich()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => EmbeddingKernel.Forward([0, 3], new float[6], new float[4], 2));

        Assert.Contains("Index 3 at 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_ManyNumbers_HaveTheRightMomentsAndCanBeMadeInParts()
    {
        const int n = 200_000;
        float[] uniform = new float[n], normal = new float[n], part = new float[100];
        RandomKernel.Uniform(uniform, 5, 0);
        RandomKernel.Normal(normal, 5, 0);
        RandomKernel.Normal(part, 5, 1000);

        Assert.All(uniform, u => Assert.InRange(u, 0, 0.99999994f));
        Assert.Equal(0.5, uniform.Average(), 5 / Math.Sqrt(12.0 * n));
        Assert.Equal(0, normal.Average(), 5 / Math.Sqrt(n));
        Assert.Equal(1, normal.Average(v => v * v), 5 * Math.Sqrt(2.0 / n));
        Assert.Equal(3, normal.Average(v => v * v * v * v), 5 * Math.Sqrt(96.0 / n));
        Assert.Equal(normal[1000..1100], part);
    }
}

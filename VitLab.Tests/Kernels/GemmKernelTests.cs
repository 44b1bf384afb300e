using VitLab.Kernels;
using VitLab.Kernels.Reference;
using static VitLab.Tests.Kernels.KernelCheck;

namespace VitLab.Tests.Kernels;

[Trait("Kernels", "Paths")]
public class GemmKernelTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(5, 3, 7)]
    [InlineData(6, 64, 16)]
    [InlineData(17, 17, 16)]
    [InlineData(17, 64, 49)]
    [InlineData(13, 50, 33)]
    [InlineData(70, 96, 40)]
    [InlineData(31, 130, 300)]
    [InlineData(200, 70, 270)]
    [InlineData(9, 700, 70)]
    public void Multiply_EveryTransposeAndStride_MatchesReference(int m, int n, int k)
    {
        foreach (var (transA, transB) in new[] { (false, false), (false, true), (true, false), (true, true) })
        {
            int lda = (transA ? m : k) + 3, ldb = (transB ? k : n) + 2, ldc = n + 1;
            float[] a = Random((transA ? k : m) * lda, 1), b = Random((transB ? n : k) * ldb, 2), before = Random(m * ldc, 3), bias = Random(n, 4);
            foreach (var accumulate in new[] { false, true })
            {
                var expected = Doubles(before);
                GemmReference.Multiply(transA, transB, m, n, k, Doubles(a), lda, Doubles(b), ldb, expected, ldc, accumulate, accumulate ? default : Doubles(bias));
                var magnitude = Magnitudes(before);
                GemmReference.Multiply(transA, transB, m, n, k, Magnitudes(a), lda, Magnitudes(b), ldb, magnitude, ldc, accumulate, accumulate ? default : Magnitudes(bias));
                OnEveryPath(() =>
                {
                    // The last row ends with its last column: c must not be touched in the gaps, nor read past the end.
                    using GuardedFloats ga = new(a.AsSpan(0, ((transA ? k : m) - 1) * lda + (transA ? m : k))), gb = new(b.AsSpan(0, ((transB ? n : k) - 1) * ldb + (transB ? k : n)));
                    using var c = new GuardedFloats(before.AsSpan(0, (m - 1) * ldc + n));
                    GemmKernel.Multiply(transA, transB, m, n, k, ga, lda, gb, ldb, c, ldc, accumulate, accumulate ? default : bias);
                    // The bound for any order of summation: k + 1 roundings of the sum of magnitudes.
                    Close(c, expected.AsSpan(0, c.Length), i => (k + 2) * Rounding * magnitude[i]);
                });
            }
        }
    }

    [Fact]
    public void Multiply_EverySmallSize_MatchesReference()
    {
        for (var size = 1; size <= 70; size++)
        {
            int m = size % 14 + 1, n = size, k = size % 9 + 1;
            float[] a = Random(m * k, size), b = Random(k * n, size + 100);
            var expected = new double[m * n];
            GemmReference.Multiply(false, false, m, n, k, Doubles(a), k, Doubles(b), n, expected, n, false);
            OnEveryPath(() =>
            {
                using GuardedFloats ga = new(a), gb = new(b), c = new(new float[m * n]);
                GemmKernel.Multiply(false, false, m, n, k, ga, k, gb, n, c, n, false);
                Close(c, expected, _ => (k + 1) * k * Rounding);
            });
        }
    }

    [Fact]
    public void Multiply_NothingToSum_GivesBiasOrKeepsC()
    {
        float[] c = [5, 5, 5, 5], bias = [1, 2];

        GemmKernel.Multiply(false, false, 2, 2, 0, default, 0, default, 2, c, 2, accumulate: true);
        Assert.Equal([5, 5, 5, 5], c);

        GemmKernel.Multiply(false, false, 2, 2, 0, default, 0, default, 2, c, 2, accumulate: false, bias);
        Assert.Equal([1, 2, 1, 2], c);
    }

    [Fact]
    public void Multiply_NotANumberInA_ReachesItsRowOnly()
    {
        float[] a = Random(12 * 20, 1), b = Random(20 * 33, 2), c = new float[12 * 33];
        a[4 * 20 + 7] = float.NaN;

        GemmKernel.Multiply(false, false, 12, 33, 20, a, 20, b, 33, c, 33, false);

        for (var i = 0; i < c.Length; i++) Assert.Equal(i / 33 == 4, float.IsNaN(c[i]));
    }

    [Fact]
    public void Multiply_SpanTooShort_SaysWhichAndHowMuch()
    {
        var error = Assert.Throws<ArgumentException>(() => GemmKernel.Multiply(false, false, 2, 2, 2, new float[3], 2, new float[4], 2, new float[4], 2, false));

        Assert.Equal("a", error.ParamName);
        Assert.Contains("asks for 4", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 40, 30, 20)]
    [InlineData(7, 17, 17, 16)]
    [InlineData(24, 33, 20, 65)]
    public void MultiplyBatched_SeveralItems_EqualsOneByOne(int batch, int m, int n, int k)
    {
        float[] a = Random(batch * m * k, 1), b = Random(batch * k * n, 2);
        OnEveryPath(() =>
        {
            using GuardedFloats ga = new(a), gb = new(b), c = new(new float[batch * m * n]);
            GemmKernel.MultiplyBatched(false, true, batch, m, n, k, ga, k, m * k, gb, k, n * k, c, n, m * n, false);
            for (var i = 0; i < batch; i++)
            {
                var expected = new double[m * n];
                GemmReference.Multiply(false, true, m, n, k, Doubles(a.AsSpan(i * m * k, m * k)), k, Doubles(b.AsSpan(i * n * k, n * k)), k, expected, n, false);
                Close(c.Span.Slice(i * m * n, m * n), expected, _ => (k + 1) * k * Rounding);
            }
        });
    }

    [Fact]
    public void MultiplyBatched_SharedOutput_SumsOverTheBatch()
    {
        const int batch = 30, size = 40;
        float[] a = Random(batch * size * size, 1), b = Random(size * size, 2), c = new float[size * size];
        var expected = new double[size * size];
        for (var i = 0; i < batch; i++)
            GemmReference.Multiply(false, false, size, size, size, Doubles(a.AsSpan(i * size * size, size * size)), size, Doubles(b), size, expected, size, true);

        GemmKernel.MultiplyBatched(false, false, batch, size, size, size, a, size, size * size, b, size, 0, c, size, 0, true);

        Close(c, expected, _ => batch * size * (size + 1.0) * Rounding);
    }
}

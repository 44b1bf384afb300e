using VitLab.Kernels;
using VitLab.Kernels.Reference;
using static VitLab.Tests.Kernels.KernelCheck;

namespace VitLab.Tests.Kernels;

[Trait("Kernels", "Paths")]
public class LayerNormKernelTests
{
    public static TheoryData<int, int> Shapes
    {
        get
        {
            var shapes = new TheoryData<int, int> { { 2176, 16 }, { 340, 64 }, { 170, 192 }, { 1, 512 } };
            for (var D = 1; D <= 70; D += 3) shapes.Add(5, D);
            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ForwardAndBackward_MatchReference(int rows, int D)
    {
        float[] x = Random(rows * D, 1, -2, 5), w = Random(D, 2), b = Random(D, 3), dy = Random(rows * D, 4);
        float[] dx0 = Random(x.Length, 5), dw0 = Random(D, 6), db0 = Random(D, 7);
        double[] y = new double[x.Length], mean = new double[rows], rstd = new double[rows], dx = new double[x.Length], dw = new double[D], db = new double[D];
        LayerNormReference.Forward(Doubles(x), Doubles(w), Doubles(b), y, mean, rstd, rows, D, 1e-5);
        LayerNormReference.Backward(Doubles(x), Doubles(w), mean, rstd, Doubles(dy), dx, dw, db, rows, D);
        // The mean of values up to 5 is off by some roundings of 5, which 1/standard deviation magnifies.
        var largest = rstd.Max();
        double hat = (D + 20) * 5 * Rounding * largest, spread = hat * (1 + largest) * 20;

        OnEveryPath(() =>
        {
            using GuardedFloats gx = new(x), gw = new(w), gb = new(b), gdy = new(dy), gy = new(new float[x.Length]), gmean = new(new float[rows]), grstd = new(new float[rows]);
            LayerNormKernel.Forward(gx, gw, gb, gy, gmean, grstd, rows, D, 1e-5f);
            Close(gmean, mean, _ => (D + 2) * 5 * Rounding, "mean");
            Close(grstd, rstd, hat, what: "rstd");
            Close(gy, y, hat, 1, "y");

            foreach (var accumulate in new[] { false, true })
            {
                using GuardedFloats gdx = new(dx0), gdw = new(dw0), gdb = new(db0);
                LayerNormKernel.Backward(gx, gw, gmean, grstd, gdy, gdx, gdw, gdb, rows, D, accumulate);
                Close(gdx, accumulate ? Sum(dx, dx0) : dx, spread, 1, "dx");
                Close(gdw, Sum(dw, dw0), (rows + 4) * hat, 1, "dw");
                Close(gdb, Sum(db, db0), (rows + 4) * Rounding, rows, "db");
            }
        });
    }

    [Fact]
    public void Forward_WithoutWeightAndBias_OnlyNormalises()
    {
        float[] x = [1, 2, 3, 4, 5, 9], y = new float[6];

        LayerNormKernel.Forward(x, default, default, y, new float[2], new float[2], 2, 3, 0);

        Assert.Equal(-1.2247449f, y[0], 1e-6f); // -1 / sqrt(2/3)
        Assert.Equal(0, y[1], 1e-6f);
        Assert.Equal(0, y[3] + y[4] + y[5], 1e-5f);
    }

    [Fact]
    public void Forward_ConstantRow_IsTheBias()
    {
        OnEveryPath(() =>
        {
            float[] x = new float[40], y = new float[40];
            Array.Fill(x, 3.25f);

            LayerNormKernel.Forward(x, default, Random(40, 1), y, new float[1], new float[1], 1, 40, 1e-5f);

            Assert.Equal(Random(40, 1), y);
        });
    }
}

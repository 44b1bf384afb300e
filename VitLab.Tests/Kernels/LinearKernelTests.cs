using VitLab.Kernels;
using VitLab.Kernels.Reference;
using static VitLab.Tests.Kernels.KernelCheck;

namespace VitLab.Tests.Kernels;

[Trait("Kernels", "Paths")]
public class LinearKernelTests
{
    // The lab's own layers on a few images, odd sizes, and one whose weight gradient is too large to be summed in parts.
    public static TheoryData<int, int, int> Shapes => new()
    {
        { 1, 1, 1 }, { 17, 64, 192 }, { 170, 64, 64 }, { 153, 128, 64 }, { 17, 16, 48 }, { 100, 49, 64 }, { 130, 64, 10 }, { 37, 5, 3 }, { 290, 16, 64 }, { 40, 260, 270 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ForwardAndBackward_MatchReference(int rows, int inFeatures, int outFeatures)
    {
        float[] x = Random(rows * inFeatures, 1), w = Random(inFeatures * outFeatures, 2), b = Random(outFeatures, 3), dy = Random(rows * outFeatures, 4);
        float[] dx0 = Random(x.Length, 5), dw0 = Random(w.Length, 6), db0 = Random(b.Length, 7);
        var y = new double[rows * outFeatures];
        GemmReference.Multiply(false, true, rows, outFeatures, inFeatures, Doubles(x), inFeatures, Doubles(w), inFeatures, y, outFeatures, false, Doubles(b));
        double[] dx = new double[x.Length], dw = new double[w.Length], db = new double[b.Length];
        GemmReference.LinearBackward(Doubles(x), Doubles(w), Doubles(dy), dx, dw, db, rows, inFeatures, outFeatures, false);

        OnEveryPath(() =>
        {
            using GuardedFloats gx = new(x), gw = new(w), gb = new(b), gdy = new(dy), gy = new(new float[y.Length]);
            LinearKernel.Forward(gx, gw, gb, gy, rows, inFeatures, outFeatures);
            Close(gy, y, _ => (inFeatures + 2.0) * (inFeatures + 1) * Rounding, "y");

            foreach (var accumulate in new[] { false, true })
            {
                using GuardedFloats gdx = new(dx0), gdw = new(dw0), gdb = new(db0);
                LinearKernel.Backward(gx, gw, gdy, gdx, gdw, gdb, rows, inFeatures, outFeatures, accumulate);
                Close(gdx, accumulate ? Sum(dx, dx0) : dx, _ => (outFeatures + 2.0) * (outFeatures + 1) * Rounding, "dx");
                Close(gdw, Sum(dw, dw0), _ => (rows + 4.0) * (rows + 1) * Rounding, "dw");
                Close(gdb, Sum(db, db0), _ => (rows + 4.0) * (rows + 1) * Rounding, "db");
            }
        });
    }

    [Fact]
    public void Backward_UnwantedGradients_AreLeftOut()
    {
        const int rows = 50, size = 20;
        float[] x = Random(rows * size, 1), w = Random(size * size, 2), dy = Random(rows * size, 3), dx = new float[x.Length], alone = new float[x.Length];

        LinearKernel.Backward(x, w, dy, dx, new float[w.Length], new float[size], rows, size, size, false);
        LinearKernel.Backward(default, w, dy, alone, default, default, rows, size, size, false);

        Assert.Equal(dx, alone);
    }

    [Fact]
    public void Backward_SameCountTwice_IsTheSameToTheBit()
    {
        const int rows = 1100, inFeatures = 64, outFeatures = 192;
        float[] x = Random(rows * inFeatures, 1), w = Random(inFeatures * outFeatures, 2), dy = Random(rows * outFeatures, 3);
        float[] Gradient()
        {
            var dw = new float[w.Length];
            LinearKernel.Backward(x, w, dy, new float[x.Length], dw, new float[outFeatures], rows, inFeatures, outFeatures, false);
            return dw;
        }

        var first = Gradient();

        for (var i = 0; i < 5; i++) Assert.Equal(first, Gradient());
    }
}

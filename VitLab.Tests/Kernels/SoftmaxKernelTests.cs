using VitLab.Kernels;
using VitLab.Kernels.Reference;
using static VitLab.Tests.Kernels.KernelCheck;

namespace VitLab.Tests.Kernels;

[Trait("Kernels", "Paths")]
public class SoftmaxKernelTests
{
    public static TheoryData<int, int> Shapes
    {
        get
        {
            var shapes = new TheoryData<int, int> { { 128, 10 }, { 700, 17 }, { 3, 1000 } };
            for (var n = 1; n <= 70; n += 3) shapes.Add(4, n);
            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ForwardAndBackward_MatchReference(int rows, int n)
    {
        float[] x = Random(rows * n, 1, -10, 10), dy = Random(rows * n, 2), dx0 = Random(rows * n, 3);
        double[] y = new double[x.Length], log = new double[x.Length], dx = new double[x.Length], dlog = new double[x.Length];
        SoftmaxReference.Forward(Doubles(x), y, rows, n);
        SoftmaxReference.LogForward(Doubles(x), log, rows, n);
        SoftmaxReference.Backward(y, Doubles(dy), dx, rows, n);
        SoftmaxReference.LogBackward(log, Doubles(dy), dlog, rows, n);
        // An exponential's relative error is its argument's roundings (|x| ≤ 20) and its own few; sums add n.
        var tolerance = (n + 40) * Rounding;

        OnEveryPath(() =>
        {
            using GuardedFloats gx = new(x), gdy = new(dy), gy = new(new float[x.Length]), glog = new(new float[x.Length]);
            SoftmaxKernel.Forward(gx, gy, rows, n);
            Close(gy, y, tolerance, what: "y");
            LogSoftmaxKernel.Forward(gx, glog, rows, n);
            Close(glog, log, tolerance, 20, "log y");

            foreach (var accumulate in new[] { false, true })
            {
                using GuardedFloats gdx = new(dx0), gdlog = new(dx0);
                SoftmaxKernel.Backward(gy, gdy, gdx, rows, n, accumulate);
                Close(gdx, accumulate ? Sum(dx, dx0) : dx, 4 * tolerance, 1, "dx");
                LogSoftmaxKernel.Backward(glog, gdy, gdlog, rows, n, accumulate);
                Close(gdlog, accumulate ? Sum(dlog, dx0) : dlog, 4 * (n + 10) * tolerance, 1, "dlog");
            }
        });
    }

    [Fact]
    public void Forward_ExtremeValues_StayFiniteAndNaNStaysInItsRow()
    {
        OnEveryPath(() =>
        {
            float[] x = [300, -300, 0, -300, -300, -300, 0, float.NaN, 0, float.NegativeInfinity, 2, 2], y = new float[12], log = new float[12];

            SoftmaxKernel.Forward(x, y, 4, 3);
            LogSoftmaxKernel.Forward(x, log, 4, 3);

            Assert.Equal([1, 0, 0], y[..3]);
            Assert.Equal([0, -600, -300], log[..3]);
            Assert.All(y[3..6], v => Assert.Equal(1f / 3, v, 1e-6f));
            Assert.All(y[6..9], v => Assert.True(float.IsNaN(v)));
            Assert.All(log[6..9], v => Assert.True(float.IsNaN(v)));
            Assert.Equal([0, 0.5f, 0.5f], y[9..]);
            Assert.Equal(float.NegativeInfinity, log[9]);
        });
    }
}

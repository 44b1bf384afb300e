using VitLab.Kernels;
using VitLab.Kernels.Reference;
using static VitLab.Tests.Kernels.KernelCheck;

namespace VitLab.Tests.Kernels;

[Trait("Kernels", "Paths")]
public class Conv2dKernelTests
{
    public static TheoryData<Conv2dShape> Shapes => new()
    {
        new Conv2dShape(3, 1, 28, 28, 64, 7, 7, 7, 7, 0, 0, 1, 1, 1),   // patch embedding
        new Conv2dShape(2, 3, 12, 12, 20, 4, 4, 4, 4, 0, 0, 1, 1, 1),
        new Conv2dShape(1, 2, 9, 11, 5, 4, 3, 4, 3, 0, 0, 1, 1, 1),     // patches that leave a rim
        new Conv2dShape(4, 1, 14, 14, 8, 3, 3, 1, 1, 1, 1, 1, 1, 1),
        new Conv2dShape(2, 4, 9, 7, 6, 3, 2, 2, 1, 1, 2, 1, 1, 2),      // groups, uneven everything
        new Conv2dShape(1, 3, 10, 10, 3, 3, 3, 1, 2, 2, 0, 2, 3, 3),    // dilation, depthwise
        new Conv2dShape(2, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1),
        new Conv2dShape(1, 1, 3, 2, 2, 5, 5, 1, 3, 3, 4, 1, 1, 1),      // kernel larger than the image
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ForwardAndBackward_MatchReference(Conv2dShape s)
    {
        int outputs = s.Batch * s.OutChannels * s.OutHeight * s.OutWidth, taps = s.Channels / s.Groups * s.KernelHeight * s.KernelWidth;
        float[] x = Random(s.Batch * s.Channels * s.Height * s.Width, 1), w = Random(s.OutChannels * taps, 2), b = Random(s.OutChannels, 3), dy = Random(outputs, 4);
        float[] dx0 = Random(x.Length, 5), dw0 = Random(w.Length, 6), db0 = Random(b.Length, 7);
        double[] y = new double[outputs], dx = new double[x.Length], dw = new double[w.Length], db = new double[b.Length];
        Conv2dReference.Forward(Doubles(x), Doubles(w), Doubles(b), y, s);
        Conv2dReference.Backward(Doubles(x), Doubles(w), Doubles(dy), dx, dw, db, s);

        OnEveryPath(() =>
        {
            using GuardedFloats gx = new(x), gw = new(w), gb = new(b), gdy = new(dy), gy = new(new float[outputs]);
            Conv2dKernel.Forward(gx, gw, gb, gy, s);
            Close(gy, y, _ => (taps + 2) * (taps + 1) * Rounding, "y");
            foreach (var accumulate in new[] { false, true })
            {
                using GuardedFloats gdx = new(dx0), gdw = new(dw0), gdb = new(db0);
                Conv2dKernel.Backward(gx, gw, gdy, gdx, gdw, gdb, s, accumulate);
                var terms = s.OutChannels * s.KernelHeight * s.KernelWidth + 2;
                Close(gdx, accumulate ? Sum(dx, dx0) : dx, _ => terms * terms * Rounding, "dx");
                var positions = outputs / s.OutChannels + 4;
                Close(gdw, Sum(dw, dw0), _ => (double)positions * positions * Rounding, "dw");
                Close(gdb, Sum(db, db0), _ => (double)positions * positions * Rounding, "db");
            }
        });
    }
}

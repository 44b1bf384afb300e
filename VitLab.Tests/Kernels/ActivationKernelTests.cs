using VitLab.Kernels;
using VitLab.Kernels.Reference;
using static VitLab.Tests.Kernels.KernelCheck;

namespace VitLab.Tests.Kernels;

[Trait("Kernels", "Paths")]
public class ActivationKernelTests
{
    private delegate void ForwardKernel(ReadOnlySpan<float> x, Span<float> y);

    private delegate void BackwardKernel(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dx, bool accumulate);

    // Φ is right to 2e-7 (Abramowitz and Stegun's 1.5e-7 plus roundings), and multiplied by x.
    [Fact]
    public void Gelu_EveryLengthAndExtremes_MatchesReference() =>
        Check(GeluKernel.Forward, GeluKernel.Backward, ActivationReference.Gelu, ActivationReference.GeluSlope, 4e-7);

    [Fact]
    public void GeluTanh_EveryLengthAndExtremes_MatchesReference() =>
        Check(GeluKernel.ForwardTanh, GeluKernel.BackwardTanh, ActivationReference.GeluTanh, ActivationReference.GeluTanhSlope, 1e-6);

    [Fact]
    public void Relu_EveryLengthAndExtremes_MatchesReference() =>
        Check(ReluKernel.Forward, ReluKernel.Backward, ActivationReference.Relu, x => x > 0 ? 1 : 0, 0);

    private static void Check(ForwardKernel forward, BackwardKernel backward, Func<double, double> function, Func<double, double> slope, double tolerance)
    {
        for (var length = 0; length <= 70; length++) Check(forward, backward, function, slope, tolerance, Random(length, length, -6, 6));
        Check(forward, backward, function, slope, tolerance, Random(30_000, 1, -12, 12));
        Check(forward, backward, function, slope, tolerance, [300, -300, 0, -0f, 1e-30f, -1e-30f, 40, -40, 13.3f, -13.3f, 1e30f, -1e30f, 5, -5, 8, -8, float.PositiveInfinity, float.NegativeInfinity]);
    }

    private static void Check(ForwardKernel forward, BackwardKernel backward, Func<double, double> function, Func<double, double> slope, double tolerance, float[] x)
    {
        float[] dy = Random(x.Length, 2), dx0 = Random(x.Length, 3);
        var y = Doubles(x).Select(function).ToArray();
        var dx = x.Select((v, i) => dy[i] * slope(v)).ToArray();
        OnEveryPath(() =>
        {
            using GuardedFloats gx = new(x), gy = new(new float[x.Length]), gdy = new(dy), gdx = new(dx0);
            forward(gx, gy);
            Close(gy, y, i => tolerance * Math.Max(1, Math.Abs(x[i])), "y");
            backward(gx, gdy, gdx, false);
            Close(gdx, dx, i => 2 * tolerance * Math.Max(1, Math.Min(20, Math.Abs(x[i]))), "dx");
            dx0.CopyTo(gdx.Span);
            backward(gx, gdy, gdx, true);
            Close(gdx, Sum(dx, dx0), i => 2 * (tolerance + Rounding) * Math.Max(1, Math.Min(20, Math.Abs(x[i]))), "dx accumulated");
        });
    }

    [Fact]
    public void Forward_NotANumber_StaysSo()
    {
        float[] x = [.. Enumerable.Repeat(1f, 20)], y = new float[20];
        x[3] = x[19] = float.NaN;
        foreach (var forward in new ForwardKernel[] { GeluKernel.Forward, GeluKernel.ForwardTanh, ReluKernel.Forward })
            OnEveryPath(() =>
            {
                forward(x, y);
                for (var i = 0; i < 20; i++) Assert.Equal(i is 3 or 19, float.IsNaN(y[i]));
            });
    }
}

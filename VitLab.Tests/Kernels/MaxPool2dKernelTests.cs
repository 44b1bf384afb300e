using VitLab.Kernels;
using static VitLab.Tests.Kernels.KernelCheck;

namespace VitLab.Tests.Kernels;

[Trait("Kernels", "Paths")]
public class MaxPool2dKernelTests
{
    [Theory]
    [InlineData(28, 28, 2, 2, 0, 1, false, 14, 14)]
    [InlineData(7, 5, 3, 2, 1, 1, false, 4, 3)]
    [InlineData(7, 6, 2, 2, 0, 1, true, 4, 3)]
    [InlineData(6, 6, 2, 1, 0, 2, false, 4, 4)]
    public void Forward_EveryWindow_KeepsItsLargestAndWhereItWas(int height, int width, int kernel, int stride, int padding, int dilation, bool ceil, int outHeight, int outWidth)
    {
        var shape = new Pool2dShape(600, height, width, kernel, kernel, stride, stride, padding, padding, dilation, dilation, ceil);
        Assert.Equal((outHeight, outWidth), (shape.OutHeight, shape.OutWidth));
        var x = Random(600 * height * width, 1);
        OnEveryPath(() =>
        {
            using GuardedFloats gx = new(x), gy = new(new float[600 * outHeight * outWidth]);
            var indices = new int[gy.Length];
            MaxPool2dKernel.Forward(gx, gy, indices, shape);
            for (var at = 0; at < indices.Length; at++)
            {
                int plane = at / (outHeight * outWidth), i = at / outWidth % outHeight, j = at % outWidth;
                var largest = float.NegativeInfinity;
                for (var u = 0; u < kernel; u++)
                    for (var v = 0; v < kernel; v++)
                    {
                        int row = i * stride - padding + u * dilation, column = j * stride - padding + v * dilation;
                        if (row >= 0 && row < height && column >= 0 && column < width) largest = Math.Max(largest, x[(plane * height + row) * width + column]);
                    }
                Assert.Equal(largest, gy.Span[at]);
                Assert.Equal(largest, x[plane * height * width + indices[at]]);
            }
        });
    }

    [Fact]
    public void Backward_OverlappingWindows_SumsAtTheWinner()
    {
        var shape = new Pool2dShape(1, 1, 3, 1, 2, 1, 1, 0, 0, 1, 1, false);
        float[] y = new float[2], dx = [1, 1, 1];
        var indices = new int[2];
        MaxPool2dKernel.Forward([0, 5, 1], y, indices, shape);

        MaxPool2dKernel.Backward([2, 3], indices, dx, shape, accumulate: true);
        Assert.Equal([1, 6, 1], dx);

        MaxPool2dKernel.Backward([2, 3], indices, dx, shape, accumulate: false);
        Assert.Equal([0, 5, 0], dx);
    }

    [Fact]
    public void Forward_NotANumber_Wins()
    {
        var y = new float[1];
        MaxPool2dKernel.Forward([1, float.NaN, 9, 2], y, new int[1], new Pool2dShape(1, 2, 2, 2, 2, 2, 2, 0, 0, 1, 1, false));

        Assert.True(float.IsNaN(y[0]));
    }
}

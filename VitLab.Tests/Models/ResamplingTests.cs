using VitLab.Models;

namespace VitLab.Tests.Models;

public class ResamplingTests
{
    private const double Rounding = 1e-6;

    // import torch
    // torch.nn.functional.interpolate(torch.tensor([[[[1., 3], [5, 11]]]]), size=(4, 4), mode="bilinear", align_corners=False)
    // By hand: centres at -0.25, 0.25, 0.75, 1.25, the outer two held at the edge, so an axis turns a, b into a, ¾a + ¼b, ¼a + ¾b, b.
    [Fact]
    public void Interpolation_TwoToFour_IsPyTorchsBilinear() => AssertClose(
        [
            1, 1.5f, 2.5f, 3,
            2, 2.75f, 4.25f, 5,
            4, 5.25f, 7.75f, 9,
            5, 6.5f, 9.5f, 11,
        ],
        Apply(Resampling.Interpolation(2, 4), 1, 3, 5, 11));

    // torch.nn.functional.interpolate(torch.arange(9.).view(1, 1, 3, 3) ** 2, size=(2, 2), mode="bilinear", align_corners=False)
    [Fact]
    public void Interpolation_ThreeToTwo_IsPyTorchsBilinear() => AssertClose([2.875f, 8.125f, 32.125f, 50.875f], Apply(Resampling.Interpolation(3, 2), 0, 1, 4, 9, 16, 25, 36, 49, 64));

    [Theory]
    [InlineData(4)]
    [InlineData(7)]
    public void EitherWay_TheSameSize_ChangesNothing(int size)
    {
        float[] grid = [.. Enumerable.Range(0, size * size).Select(i => MathF.Sin(i))];

        AssertClose(grid, Apply(Resampling.Interpolation(size, size), grid));
        AssertClose(grid, Apply(Resampling.Spreading(size, size), grid));
    }

    [Theory]
    [InlineData(4, 8)]
    [InlineData(4, 7)]
    [InlineData(8, 3)]
    [InlineData(1, 5)]
    public void Interpolation_AConstant_StaysConstant(int from, int to) =>
        AssertClose([.. Enumerable.Repeat(2.5f, to * to)], Apply(Resampling.Interpolation(from, to), [.. Enumerable.Repeat(2.5f, from * from)]));

    [Theory]
    [InlineData(7, 14)]
    [InlineData(7, 4)]
    [InlineData(4, 7)]
    [InlineData(14, 7)]
    public void Spreading_AnyGrid_KeepsItsSum(int from, int to)
    {
        float[] grid = [.. Enumerable.Range(0, from * from).Select(i => MathF.Cos(i) + 2)];

        Assert.Equal(grid.Sum(), Apply(Resampling.Spreading(from, to), grid).Sum(), 1e-3);
    }

    [Fact]
    public void Spreading_TwoToFour_QuartersEveryCell() => AssertClose(
        [
            1, 1, 2, 2,
            1, 1, 2, 2,
            3, 3, 4, 4,
            3, 3, 4, 4,
        ],
        Apply(Resampling.Spreading(2, 4), 4, 8, 12, 16));

    private static float[] Apply(torch.Tensor matrix, params float[] grid)
    {
        using var scope = torch.NewDisposeScope();
        var side = (long)Math.Sqrt(grid.Length);
        return Resampling.Apply(matrix, torch.tensor(grid, [side, side])).data<float>().ToArray();
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], Rounding * Math.Max(1, Math.Abs(expected[i])));
        }
    }
}

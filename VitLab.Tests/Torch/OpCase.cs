using VitLab.Torch;
using static VitLab.Torch.torch;

namespace VitLab.Tests.Torch;

/// <summary>
/// One op: the shapes it reads, itself, and what it should give in double precision. A row of <see cref="OpCases"/> drives the checks of
/// value, gradient, strided inputs and double use.
/// </summary>
public sealed record OpCase(string Name, int[][] Shapes, Func<Tensor[], Tensor> Op, Func<Nd[], Nd> Reference)
{
    /// <summary>Range of the random inputs; keep it away from kinks and poles.</summary>
    public double Low { get; init; } = -2;

    public double High { get; init; } = 2;

    /// <summary>Relative to the largest magnitude, with a floor of 1.</summary>
    public double Tolerance { get; init; } = 2e-5;

    public bool HasGradient { get; init; } = true;

    public override string ToString() => Name;

    /// <summary>Seeded inputs that float32 holds exactly.</summary>
    public Nd[] Inputs()
    {
        var random = new System.Random(Name.Aggregate(17, (hash, c) => unchecked(hash * 31 + c)));
        return [.. Shapes.Select(shape => Nd.Of(shape, _ => (float)(Low + (High - Low) * random.NextDouble())))];
    }

    /// <summary>Weights that make one number of the result, so that every element's gradient counts differently.</summary>
    public static Nd Weights(int[] shape)
    {
        var random = new System.Random(5);
        return Nd.Of(shape, _ => (float)(random.NextDouble() * 2 - 1));
    }

    public static Tensor ToTensor(Nd x) => tensor([.. x.Data.Select(value => (float)value)], [.. x.Shape.Select(size => (long)size)]);

    /// <summary>The same numbers in a larger, permuted memory: every stride differs from the row-major one.</summary>
    public static (Tensor Base, Tensor View) ToStrided(Nd x)
    {
        if (x.Rank == 0)
        {
            var line = full([3], x.Data[0], ScalarType.Float32);
            return (line, line.select(0, 1));
        }
        var reversed = Enumerable.Range(0, x.Rank).Reverse().ToArray();
        var padded = full([.. reversed.Select(d => (long)x.Shape[d] + 2)], 7, ScalarType.Float32);
        var view = padded;
        for (var d = 0; d < x.Rank; d++)
            view = view.narrow(d, 1, x.Shape[reversed[d]]);
        view = view.permute([.. reversed.Select(d => (long)d)]);
        view.copy_(ToTensor(x));
        return (padded, view);
    }

    public static double[] Numbers(Tensor x) => [.. x.to(ScalarType.Float32).data<float>().ToArray().Select(value => (double)value)];

    public static void AssertClose(double[] expected, double[] actual, double tolerance, string what)
    {
        Assert.True(expected.Length == actual.Length, $"{what}: {expected.Length} numbers expected, {actual.Length} found");
        var scale = Math.Max(1, expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max());
        for (var i = 0; i < expected.Length; i++)
        {
            var isSame = expected[i].Equals(actual[i]) || Math.Abs(expected[i] - actual[i]) <= tolerance * scale;
            Assert.True(isSame, $"{what}: element {i} is {actual[i]}, expected {expected[i]}");
        }
    }
}

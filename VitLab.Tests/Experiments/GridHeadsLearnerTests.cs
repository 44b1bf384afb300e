using VitLab.Experiments;
using VitLab.Models;
using VitLab.Tests.Training;

namespace VitLab.Tests.Experiments;

public class GridHeadsLearnerTests
{
    private const int Classes = GridHeads.EmptyClass + 1;

    [Fact]
    public void Classes_AreTheDigitsAndEmpty() => Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "empty"], TinyGrids.Heads.Classes(TinyGrids.Heads.Presets[0].Options));

    [Fact]
    public void Compose_EmptyCells_AreAClassOfTheirOwnOnBarePaper()
    {
        using var learner = TinyGrids.Heads.CreateLearner(TinyGrids.HeadsOptions with { EmptyChance = 0.5, JitterPixels = 0 });

        var batch = learner.Compose(TinyRuns.Data.Train, [.. Enumerable.Range(0, 40)], epoch: 1);

        Assert.Equal([40L, 4], batch.TargetShape);
        Assert.InRange(batch.Targets.Count(target => target == GridHeads.EmptyClass), 50, 110);
        Assert.All(Enumerable.Range(0, 160), at => Assert.Equal(batch.Targets[at] == GridHeads.EmptyClass, IsBare(batch, at / 4, at % 4)));
    }

    // Heads whose weights are 0 answer by their biases alone: 3 · 5 5, whatever is shown.
    [Fact]
    public void Read_KnownHeads_GivesARegionPerCellAndLabelsWithoutEmpties()
    {
        using var learner = Answering(3, GridHeads.EmptyClass, 5, 5);
        var picture = TinyGrids.Heads.Sample(TinyRuns.Data.Test, 0, TinyGrids.HeadsOptions).Picture;

        var reading = learner.Read(picture, withAttention: true);

        Assert.Equal("3 · 5 5", reading.Text);
        Assert.Equal([3, 5, 5], reading.Labels);
        Assert.Equal([3, 10, 5, 5], reading.Regions.Select(region => region.Predicted));
        Assert.Equal(
            [new RegionBox(0, 0, 28, 28), new RegionBox(28, 0, 28, 28), new RegionBox(0, 28, 28, 28), new RegionBox(28, 28, 28, 28)],
            reading.Regions.Select(region => region.Box));
        Assert.All(reading.Regions, region => Assert.Equal((Classes, 1.0), (region.Probabilities.Count, Math.Round(region.Probabilities.Sum(), 5))));
        Assert.Equal((1, 2, 16, 0, 4, 4), (
            reading.Attention!.Layers, reading.Attention.Heads, reading.Attention.Tokens, reading.Attention.PrefixTokens, reading.Attention.GridHeight, reading.Attention.GridWidth));
        Assert.Null(reading.Tokens);
        Assert.Null(reading.CrossAttention);
        Assert.Null(learner.Read(picture, withAttention: false).Attention);
    }

    // Cell c of the 30 plain grids holds each of 30 source digits once: 3 of each class. So each cell answers 3 right, but for the empty one.
    [Fact]
    public void Evaluate_KnownHeads_CountsCellsByHand()
    {
        using var learner = Answering(3, GridHeads.EmptyClass, 5, 5);

        var evaluation = learner.Evaluate(TinyRuns.Data.Test, [.. Enumerable.Range(0, 30)]);

        Assert.Equal(9.0 / 120, evaluation.Metrics["digitAccuracy"]);
        Assert.Equal(0, evaluation.Metrics["sequenceAccuracy"]);
        Assert.Equal(111, evaluation.Mistakes.Count);
        Assert.Equal(120, evaluation.Confusion!.Sum());
        for (var digit = 0; digit < 10; digit++)
        {
            Assert.Equal((3, 3, 6), (Count(digit, 3), Count(digit, GridHeads.EmptyClass), Count(digit, 5)));
        }

        // Three heads are sure of one class by a bias of 5, one of empty: -ln of what is left for the true class.
        var (right, wrong) = (Math.Log(Math.Exp(5) + 10) - 5, Math.Log(Math.Exp(5) + 10));
        Assert.Equal(((9 * right) + (111 * wrong)) / 120, evaluation.Loss, 1e-4);

        int Count(int truth, int predicted) => evaluation.Confusion![(truth * Classes) + predicted];
    }

    [Theory]
    [InlineData("query", 4)]
    [InlineData("region", 0)]
    public void Read_EitherPooling_SaysHowManyTokensComeBeforeThePatches(string pooling, int prefix)
    {
        using var learner = TinyGrids.Heads.CreateLearner(TinyGrids.HeadsOptions with { Pooling = pooling });

        var reading = learner.Read(TinyGrids.Heads.Sample(TinyRuns.Data.Test, 0, TinyGrids.HeadsOptions).Picture, withAttention: true);

        Assert.Equal((4, prefix, 16 + prefix), (reading.Regions.Count, reading.Attention!.PrefixTokens, reading.Attention.Tokens));
    }

    private static Learner Answering(params int[] answers)
    {
        var learner = TinyGrids.Heads.CreateLearner(TinyGrids.HeadsOptions);
        var tensors = StateDict.Export(learner.Network);
        foreach (var (cell, answer) in answers.Index())
        {
            var bias = new float[Classes];
            bias[answer] = 5;
            tensors[$"heads.{cell}.bias"] = HostTensor.Of(bias, Classes);
            tensors[$"heads.{cell}.weight"] = HostTensor.Of(new float[Classes * 8], Classes, 8);
        }

        StateDict.Import(learner.Network, tensors, "known heads");
        return learner;
    }

    private static bool IsBare(HostBatch batch, int grid, int cell) => Enumerable.Range(0, 28).All(y =>
        !batch.Inputs.AsSpan((grid * 56 * 56) + (((cell / 2 * 28) + y) * 56) + (cell % 2 * 28), 28).ContainsAnyInRange(-0.4f, float.MaxValue));
}

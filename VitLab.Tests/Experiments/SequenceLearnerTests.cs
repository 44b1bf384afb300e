using VitLab.Data;
using VitLab.Experiments;
using VitLab.Models;
using VitLab.Tests.Training;

namespace VitLab.Tests.Experiments;

public class SequenceLearnerTests
{
    public static TheoryData<string, string> Models => new(
        from experiment in (string[])["sequence-sum", "anchor-in-sequence"] from model in (string[])[SequenceOptions.Transformer, SequenceOptions.FullyConnected] select (experiment, model));

    [Theory]
    [MemberData(nameof(Models))]
    public void Loss_OneBatchAgainAndAgain_FallsToAThird(string id, string model)
    {
        using var learner = ExperimentCatalog.Find(id).CreateLearner(TinySequences.Options with { Model = model });
        var batch = learner.Compose(TinyRuns.Data.Train, [.. Enumerable.Range(0, 8)], epoch: 1);

        var losses = Descent.Losses(learner, batch, rate: 1e-2, steps: 120);

        Assert.True(losses[^1] < losses[0] / 3, $"{losses[0]} → {losses[^1]}");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Read_EveryModel_HasAProbabilityForEachClassAndTheSamplesShape(string id, string model)
    {
        var (experiment, options) = (ExperimentCatalog.Find(id), TinySequences.Options with { Model = model });
        using var learner = experiment.CreateLearner(options);
        var sample = experiment.Sample(TinyRuns.Data.Test, 0, options);

        var reading = learner.Read(sample.Picture, withAttention: true);

        var region = Assert.Single(reading.Regions);
        Assert.Equal(experiment.Classes(options).Count, region.Probabilities.Count);
        Assert.Equal(1, region.Probabilities.Sum(), 1e-4f);
        Assert.Equal([region.Predicted], reading.Labels);
        Assert.Equal(experiment.Classes(options)[region.Predicted], reading.Text);
        Assert.Equal(sample.Labels.Count, reading.Labels.Count);
        Assert.Equal((sample.Picture.Width, sample.Picture.Height), (experiment.Geometry(options).Width, experiment.Geometry(options).Height));
    }

    [Fact]
    public void Read_WithAttention_RecordsOneMapOverTheImagesForTheTransformerAlone()
    {
        using var sum = TinySequences.Sum.CreateLearner(TinySequences.Options);
        using var anchor = TinySequences.Anchor.CreateLearner(TinySequences.Options);
        using var baseline = TinySequences.Sum.CreateLearner(TinySequences.Baseline);
        var (strip, anchored) = (TinySequences.Sum.Sample(TinyRuns.Data.Test, 0, TinySequences.Options).Picture, TinySequences.Anchor.Sample(TinyRuns.Data.Test, 0, TinySequences.Options).Picture);

        Assert.Equal((10, 0, 1, 10), sum.Read(strip, true).Attention is { } maps ? (maps.Tokens, maps.PrefixTokens, maps.GridHeight, maps.GridWidth) : default);
        Assert.Equal((1, 1, 11), anchor.Read(anchored, true).CrossAttention is { } looks ? (looks.Steps, looks.GridHeight, looks.GridWidth) : default);
        Assert.Null(anchor.Read(anchored, true).Attention);
        Assert.Null(baseline.Read(strip, true).Attention);
        Assert.Null(sum.Read(strip, false).Attention);
        Assert.Null(anchor.Read(anchored, false).CrossAttention);
    }

    /// <summary>A baseline whose last layer has no weights says its bias of every strip: 20.3 is right wherever the sum is 20.</summary>
    [Fact]
    public void Evaluate_ASumThatIsAlwaysTheSame_HoldsWhatIsCountedByHand()
    {
        using var learner = Saying(TinySequences.Sum, 20.3f);
        int[] sums = [.. Enumerable.Range(0, 30).Select(index => TinySequences.Sum.Sample(TinyRuns.Data.Test, index, TinySequences.Baseline).Labels[0])];

        var evaluation = learner.Evaluate(TinyRuns.Data.Test, [.. Enumerable.Range(0, 30)]);

        Assert.Equal(sums.Count(sum => sum == 20) / 30.0, evaluation.Metrics["accuracy"], 1e-9);
        Assert.Equal(sums.Average(sum => Math.Pow(sum - 20.3, 2)), evaluation.Loss, 1e-3);
        Assert.True(TinySequences.Sum.IsRegression);
        Assert.Null(evaluation.Confusion);
        Assert.Equal(sums.Count(sum => sum != 20), evaluation.Mistakes.Count);
        Assert.All(evaluation.Mistakes, mistake => Assert.Equal((sums[mistake.Index], 20), (mistake.Truth, mistake.Predicted)));
    }

    [Fact]
    public void Evaluate_AnAnchorThatIsAlwaysThere_HoldsWhatIsCountedByHand()
    {
        using var learner = Saying(TinySequences.Anchor, 1);
        var present = Enumerable.Range(0, 30).Count(index => TinySequences.Anchor.Sample(TinyRuns.Data.Test, index, TinySequences.Baseline).Labels[0] == 1);

        var evaluation = learner.Evaluate(TinyRuns.Data.Test, [.. Enumerable.Range(0, 30)]);

        Assert.Equal(present / 30.0, evaluation.Metrics["accuracy"], 1e-9);
        Assert.Equal(0.5, evaluation.Metrics["auc"]);                                              // all scores are equal
        Assert.Equal(((present * Math.Log(1 + Math.Exp(-1))) + ((30 - present) * Math.Log(1 + Math.E))) / 30, evaluation.Loss, 1e-5);
        Assert.Equal([0, 30 - present, 0, present], evaluation.Confusion!);
    }

    /// <summary>How sure a sum is comes from validation data, and goes with the weights.</summary>
    [Fact]
    public void Calibrate_ASumThatIsMostlyWrong_MakesItUnsure()
    {
        using var learner = Saying(TinySequences.Sum, 20.3f);
        var picture = TinySequences.Sum.Sample(TinyRuns.Data.Test, 0, TinySequences.Baseline).Picture;
        var before = learner.Read(picture, false).Regions[0].Probabilities[20];

        learner.Calibrate(TinyRuns.Data.Validation, [.. Enumerable.Range(0, 20)]);

        var right = Enumerable.Range(0, 20).Count(index => TinySequences.Sum.Sample(TinyRuns.Data.Validation, index, TinySequences.Baseline).Labels[0] == 20) / 20.0;
        var after = learner.Read(picture, false).Regions[0].Probabilities[20];
        Assert.True(after < before);
        Assert.Equal(Math.Max(right, 1.0 / 91), after, 0.02);
        using var other = TinySequences.Sum.CreateLearner(TinySequences.Baseline);
        StateDict.Import(other.Network, StateDict.Export(learner.Network), "the other");
        Assert.Equal(after, other.Read(picture, false).Regions[0].Probabilities[20], 1e-6f);
    }

    [Fact]
    public void Sample_OfEachTask_IsAnsweredByItsDigits()
    {
        Assert.Equal(24, TinySequences.Sum.Answer([7, 8, 9, SequenceComposer.Empty]));
        Assert.Equal(1, TinySequences.Anchor.Answer([7, 8, 7, SequenceComposer.Empty]));
        Assert.Equal(0, TinySequences.Anchor.Answer([7, 8, 9, SequenceComposer.Empty]));
    }

    /// <summary>As many weights, give or take a tenth: what differs is the architecture.</summary>
    [Theory]
    [InlineData("sequence-sum")]
    [InlineData("anchor-in-sequence")]
    public void Presets_OfEachTask_AreOfComparableSizeAndCountedRight(string id)
    {
        var experiment = ExperimentCatalog.Find(id);
        long[] sizes = [.. experiment.Presets.Select(preset =>
        {
            using var learner = experiment.CreateLearner(preset.Options);
            var parameters = learner.Network.parameters().Sum(parameter => parameter.numel());
            Assert.Equal(parameters, experiment.Cost(preset.Options).Parameters);
            return parameters;
        })];

        Assert.Equal([SequenceOptions.Transformer, SequenceOptions.FullyConnected], experiment.Presets.Select(preset => preset.Id));
        Assert.InRange(sizes[1], 0.9 * sizes[0], 1.1 * sizes[0]);
    }

    [Fact]
    public void Prepare_AnAnchorWithoutASequence_IsNothingToRead()
    {
        var (experiment, options) = (TinySequences.Anchor, TinySequences.Options);
        float[] anchor = [100, 100, 180, 180], digit = [660, 100, 740, 180];

        Assert.Null(experiment.Prepare(On(11, anchor), options));
        Assert.Null(experiment.Prepare(On(11, digit), options));
        Assert.Equal((308, 28), experiment.Prepare(On(11, anchor, digit), options) is { } strip ? (strip.Width, strip.Height) : default);
        Assert.Equal((280, 28), TinySequences.Sum.Prepare(On(10, digit), options) is { } sequence ? (sequence.Width, sequence.Height) : default);
    }

    private static VitLab.Vision.Drawing On(int cells, params float[][] strokes) => new(cells * CanvasGuide.CellUnits, CanvasGuide.CellUnits, strokes);

    private static Learner Saying(SequenceExperiment experiment, float value)
    {
        var learner = experiment.CreateLearner(TinySequences.Baseline);
        using var noGrad = torch.no_grad();
        var parameters = learner.Network.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
        parameters["fc3.weight"].fill_(0);
        parameters["fc3.bias"].fill_(value);
        return learner;
    }
}

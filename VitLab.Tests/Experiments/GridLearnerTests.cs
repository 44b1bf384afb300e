using VitLab.Data;
using VitLab.Experiments;
using VitLab.Tests.Training;

namespace VitLab.Tests.Experiments;

/// <summary>What learners of both tasks on grids have in common.</summary>
public class GridLearnerTests
{
    public static TheoryData<string> Ids { get; } = new("grid-heads", "grid-transcriber");

    [Theory]
    [MemberData(nameof(Ids))]
    public void Compose_SameIndicesAndEpoch_IsTheSameBatchWhateverTheOrder(string id)
    {
        using var learner = Learner(id);
        var images = TinyRuns.Data.Train;

        var pair = learner.Compose(images, [7, 3], epoch: 2);
        var swapped = learner.Compose(images, [3, 7], epoch: 2);

        const int Pixels = 56 * 56;
        var targets = pair.Targets.Length / 2;
        Assert.Equal([2L, 1, 56, 56], pair.InputShape);
        Assert.Equal(pair.Inputs[..Pixels], swapped.Inputs[Pixels..]);
        Assert.Equal(pair.Targets[..targets], swapped.Targets[targets..]);
        Assert.NotEqual(pair.Inputs, learner.Compose(images, [7, 3], epoch: 3).Inputs);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Compose_ABatchToReuse_IsOverwrittenWhole(string id)
    {
        using var learner = Learner(id);
        var used = learner.Compose(TinyRuns.Data.Train, [1, 2], epoch: 1);

        Assert.Same(used, learner.Compose(TinyRuns.Data.Train, [8, 90], epoch: 1, used));
        var fresh = learner.Compose(TinyRuns.Data.Train, [8, 90], epoch: 1);
        Assert.Equal(fresh.Inputs, used.Inputs);
        Assert.Equal(fresh.Targets, used.Targets);
    }

    // Each split's source digits carry stamps of their own; whatever a learner composes may show only those of the split it was given.
    [Theory]
    [MemberData(nameof(Ids))]
    public void Compose_OfDisjointSplits_ShowsOnlySourceDigitsOfItsOwn(string id)
    {
        var (experiment, options) = Plain(id);
        using var learner = experiment.CreateLearner(options);
        var (train, test) = (TinyGrids.Stamped(30, first: 10), TinyGrids.Stamped(20, first: 200));
        int[] all = [.. Enumerable.Range(0, 20)];

        var trained = Enumerable.Range(1, 5).SelectMany(epoch => Stamps(learner.Compose(train, all, epoch)));
        var tested = Stamps(learner.ComposePlain(test, all)).ToList();
        var shown = all.SelectMany(index => Corners(experiment.Sample(test, index, options)));

        Assert.All(trained, stamp => Assert.InRange(stamp, 10, 39));
        Assert.All(tested, stamp => Assert.InRange(stamp, 200, 219));
        Assert.All(Enumerable.Range(0, 4), cell => Assert.Equal(Enumerable.Range(200, 20), tested.Where((_, at) => at % 4 == cell).Order()));
        Assert.Equal(tested, shown);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Loss_AfterAFewSteps_Falls(string id)
    {
        var (experiment, options) = TinyGrids.Of(id);
        using var learner = experiment.CreateLearner(options);
        var batch = learner.Compose(TinyRuns.Data.Train, [.. Enumerable.Range(0, 16)], epoch: 1);

        var losses = Descent.Losses(learner, batch, rate: 5e-3, steps: 40);

        Assert.Equal(Math.Log(11), losses[0], 0.6);   // guessing among ten digits and empty, or finish
        Assert.True(losses[^1] < 0.8 * losses[0], $"{losses[0]} → {losses[^1]}");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Evaluate_InAnyMode_LeavesTheNetworkInIt(string id)
    {
        using var learner = Learner(id);
        learner.Network.train();

        var evaluation = learner.Evaluate(TinyRuns.Data.Test, [.. Enumerable.Range(0, 30)]);

        Assert.True(learner.Network.training);
        Assert.Equal(evaluation.Loss, learner.Evaluate(TinyRuns.Data.Test, [.. Enumerable.Range(0, 30)]).Loss);   // no dropout
        Assert.Equal(30, evaluation.Samples);
        Assert.Equal(["sequenceAccuracy", "digitAccuracy"], evaluation.Metrics.Keys);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Evaluate_MoreThanABatch_IsTheSumOfItsParts(string id)
    {
        using var learner = Learner(id);
        var images = TinyRuns.Bars(260, seed: 4);

        var whole = learner.Evaluate(images, [.. Enumerable.Range(0, 260)]);
        var (first, second) = (learner.Evaluate(images, [.. Enumerable.Range(0, 130)]), learner.Evaluate(images, [.. Enumerable.Range(130, 130)]));

        Assert.Equal(first.Confusion!.Zip(second.Confusion!, (a, b) => a + b), whole.Confusion!);
        Assert.Equal((first.Metrics["sequenceAccuracy"] + second.Metrics["sequenceAccuracy"]) / 2, whole.Metrics["sequenceAccuracy"], 1e-9);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void CreateLearner_SameSeed_StartsFromTheSameWeights(string id)
    {
        var (experiment, options) = TinyGrids.Of(id);
        var picture = experiment.Sample(TinyRuns.Data.Test, 0, options).Picture;
        IReadOnlyList<float> Probabilities(int seed)
        {
            using var learner = experiment.CreateLearner(options with { Seed = seed });
            return learner.Read(picture, withAttention: true).Attention!.Weights.Select(weight => (float)weight).ToList();
        }

        Assert.Equal(Probabilities(1), Probabilities(1));
        Assert.NotEqual(Probabilities(1), Probabilities(2));
    }

    private static Learner Learner(string id)
    {
        var (experiment, options) = TinyGrids.Of(id);
        return experiment.CreateLearner(options);
    }

    /// <summary>Without augmentation, so that stamps stay what they are.</summary>
    private static (GridExperiment Experiment, GridOptions Options) Plain(string id)
    {
        var (experiment, options) = TinyGrids.Of(id);
        return (experiment, options with { RotateDegrees = 0, JitterPixels = 0, EmptyChance = 0 });
    }

    private static IEnumerable<int> Stamps(HostBatch batch) => Enumerable.Range(0, batch.Count).SelectMany(grid =>
        Enumerable.Range(0, 4).Select(cell => (int)Math.Round(255 * ((batch.Inputs[(grid * 56 * 56) + Corner(cell)] * 0.3081f) + 0.1307f))));

    private static IEnumerable<int> Corners(Sample sample) => Enumerable.Range(0, 4).Select(cell => (int)sample.Picture.Pixels[Corner(cell)]);

    private static int Corner(int cell) => (cell / 2 * 28 * 56) + (cell % 2 * 28);
}

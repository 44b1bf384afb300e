using VitLab.Experiments;
using VitLab.Tests.Training;
using VitLab.Vision;

namespace VitLab.Tests.Experiments;

public class SingleDigitLearnerTests
{
    [Fact]
    public void Compose_SameIndicesAndEpoch_IsTheSameBatchWhateverTheOrder()
    {
        using var learner = TinyRuns.Experiment.CreateLearner(TinyRuns.Options);
        var images = TinyRuns.Data.Train;

        var pair = learner.Compose(images, [7, 3], epoch: 2);
        var swapped = learner.Compose(images, [3, 7], epoch: 2);

        Assert.Equal([7L, 3], pair.Targets);
        Assert.Equal([2L, 1, 28, 28], pair.InputShape);
        Assert.Equal(pair.Inputs[..784], swapped.Inputs[784..]);
        Assert.NotEqual(pair.Inputs, learner.Compose(images, [7, 3], epoch: 3).Inputs);
    }

    [Fact]
    public void Compose_ABatchToReuse_IsOverwritten()
    {
        using var learner = TinyRuns.Experiment.CreateLearner(TinyRuns.Options);
        var used = learner.Compose(TinyRuns.Data.Train, [1, 2], epoch: 1);

        Assert.Same(used, learner.Compose(TinyRuns.Data.Train, [8, 9], epoch: 1, used));
        Assert.Equal([8L, 9], used.Targets);
        Assert.NotSame(used, learner.Compose(TinyRuns.Data.Train, [8, 9, 10], epoch: 1, used));
    }

    // Empty paper is (0 - 0.1307) / 0.3081, full ink (1 - 0.1307) / 0.3081.
    [Fact]
    public void ComposePlain_PaperAndInk_AreNormalisedByMnistsMeanAndDeviation()
    {
        using var learner = TinyRuns.Experiment.CreateLearner(TinyRuns.Options);
        var pixels = new byte[784];
        pixels[5] = 255;

        var batch = learner.ComposePlain(new VitLab.Data.ImageSet(1, 28, 28, pixels, [4]), [0]);

        Assert.Equal(-0.4242f, batch.Inputs[0], 1e-4);
        Assert.Equal(2.8215f, batch.Inputs[5], 1e-4);
    }

    [Fact]
    public void Evaluate_AnUntrainedModel_CountsEveryImageAndItsMistakes()
    {
        using var learner = TinyRuns.Experiment.CreateLearner(TinyRuns.Options);

        var evaluation = learner.Evaluate(TinyRuns.Data.Test, [.. Enumerable.Range(0, 30)]);

        Assert.Equal(30, evaluation.Samples);
        Assert.Equal(30, evaluation.Confusion!.Sum());
        Assert.Equal(Math.Log(10), evaluation.Loss, 0.5);   // guessing, give or take what initial weights prefer
        Assert.Equal(30 - (int)Math.Round(evaluation.Metrics["accuracy"] * 30), evaluation.Mistakes.Count);
        Assert.Equal(evaluation.Mistakes.OrderByDescending(mistake => mistake.Probability), evaluation.Mistakes);
        Assert.All(evaluation.Mistakes, mistake => Assert.Equal(TinyRuns.Data.Test.Label(mistake.Index), mistake.Truth));
    }

    [Fact]
    public void CreateLearner_SameSeed_StartsFromTheSameWeights()
    {
        var picture = new GrayImage(28, 28, TinyRuns.Data.Test.Image(0).ToArray());
        IReadOnlyList<float> Probabilities(int seed)
        {
            using var learner = TinyRuns.Experiment.CreateLearner(TinyRuns.Options with { Seed = seed });
            return learner.Read(picture, withAttention: false).Regions[0].Probabilities;
        }

        Assert.Equal(Probabilities(1), Probabilities(1));
        Assert.NotEqual(Probabilities(1), Probabilities(2));
    }

    [Fact]
    public void Prepare_DrawingsAndPictures_GiveWhatTheModelReadsOrNull()
    {
        var (experiment, options) = (TinyRuns.Experiment, TinyRuns.Options);
        var drawing = new Drawing(280, 280, [[60f, 40, 200, 40, 100, 240]]);
        var photo = new GrayImage(50, 60);
        photo.Pixels.AsSpan().Fill(240);
        photo.Pixels.AsSpan(20 * 50, 5 * 50).Slice(10, 20).Fill(10);

        Assert.Equal((28, 28), Size(experiment.Prepare(drawing, options)!));
        Assert.Equal((28, 28), Size(experiment.Prepare(drawing, options, center: false)!));
        Assert.Equal((28, 28), Size(experiment.Prepare(photo, options)!));
        Assert.Null(experiment.Prepare(new Drawing(280, 280, []), options));
        Assert.Null(experiment.Prepare(new Drawing(280, 280, []), options, center: false));
        Assert.Null(experiment.Prepare(new GrayImage(40, 40), options));
        Assert.Null(experiment.Prepare(new GrayImage(40, 40), options, center: false));
    }

    private static (int Width, int Height) Size(PlanarImage image) => (image.Width, image.Height);
}

using VitLab.Detection;
using VitLab.Experiments;
using VitLab.Models;
using VitLab.Tests.Training;
using VitLab.Vision;

namespace VitLab.Tests.Experiments;

public class FreeLayoutLearnerTests
{
    private static readonly int[] s_all = [.. Enumerable.Range(0, 30)];

    [Fact]
    public void Compose_SameIndicesAndEpoch_IsTheSameBatch()
    {
        using var learner = Learner();
        var images = TinyRuns.Data.Train;

        var (batch, again) = (learner.Compose(images, [7, 3, 9], epoch: 2), learner.Compose(images, [7, 3, 9], epoch: 2));

        Assert.Equal((batch.Inputs, batch.Targets), (again.Inputs, again.Targets), SameNumbers);
        Assert.Equal(batch.InputShape, again.InputShape);
        Assert.NotEqual(batch.Inputs, learner.Compose(images, [7, 3, 9], epoch: 3).Inputs);
    }

    [Fact]
    public void Compose_ManyBatches_HaveCanvasesOfManySizesEachOfOne()
    {
        using var learner = Learner();
        HashSet<(long, long)> sizes = [];
        for (var first = 0; first < 40; first++)
        {
            var batch = learner.Compose(TinyRuns.Data.Train, [first, 0, 1], epoch: 1);
            sizes.Add((batch.InputShape[2], batch.InputShape[3]));
            Assert.Equal(3 * batch.InputShape[2] * batch.InputShape[3], batch.Inputs.Length);
        }

        Assert.InRange(sizes.Count, 6, 40);
        Assert.All(sizes, size => Assert.True(TrainingCanvas.IsSeen((int)size.Item1, (int)size.Item2)));
        Assert.Equal([4L, 1, 112, 112], LearnerOf(TinyScenes.Options with { OtherCanvases = 0 }).Compose(TinyRuns.Data.Train, [1, 2, 3, 4], epoch: 1).InputShape);
    }

    // Batches of several sizes go round: once each size has been made, none is made again.
    [Fact]
    public void Compose_ABatchToReuse_IsOverwrittenOrKeptForItsSize()
    {
        using var learner = Learner();
        HostBatch? batch = null;
        HashSet<HostBatch> made = new(ReferenceEqualityComparer.Instance);
        HashSet<(long, long)> sizes = [];
        for (var first = 0; first < 200; first++)
        {
            int[] indices = [first % 40, 5];
            batch = learner.Compose(TinyRuns.Data.Train, indices, epoch: 1 + (first / 40), batch);
            made.Add(batch);
            sizes.Add((batch.InputShape[2], batch.InputShape[3]));
            Assert.Equal(learner.Compose(TinyRuns.Data.Train, indices, epoch: 1 + (first / 40)).Inputs, batch.Inputs);
        }

        Assert.InRange(made.Count, sizes.Count, 2 * sizes.Count);
    }

    [Fact]
    public void Loss_AfterAFewSteps_Falls()
    {
        using var learner = Learner();
        var batch = learner.Compose(TinyRuns.Data.Train, [.. Enumerable.Range(0, 16)], epoch: 1);

        var losses = Descent.Losses(learner, batch, rate: 1e-2, steps: 60);

        Assert.True(losses[^1] < 0.7 * losses[0], $"{losses[0]} → {losses[^1]}");
    }

    [Fact]
    public void Loss_OfEmptyScenes_IsPresenceAlone()
    {
        using var learner = Learner();
        var batch = learner.Compose(TinyRuns.Data.Train, [1, 2], epoch: 1);
        Array.Fill(batch.Targets, -1);
        using var scope = torch.NewDisposeScope();

        var loss = learner.Loss(batch);
        loss.backward();

        Assert.True(float.IsFinite(loss.ToSingle()) && loss.ToSingle() > 0);
    }

    [Fact]
    public void Evaluate_InAnyMode_LeavesTheNetworkInItAndTellsEveryMetricOfTheCard()
    {
        using var learner = Learner();
        learner.Network.train();

        var evaluation = learner.Evaluate(TinyRuns.Data.Test, s_all);

        Assert.True(learner.Network.training);
        Assert.Equal(evaluation.Loss, learner.Evaluate(TinyRuns.Data.Test, s_all).Loss);   // no dropout
        Assert.Equal(30, evaluation.Samples);
        Assert.Equal(TinyScenes.Experiment.Card.Metrics.Select(metric => metric.Key), evaluation.Metrics.Keys);
        Assert.All(evaluation.Metrics.Values, value => Assert.InRange(value, 0, 1));
    }

    [Fact]
    public void EvaluateParts_OfScenes_CoverEverySceneByDigitsAndTellSizesApart()
    {
        using var learner = Learner();

        var parts = learner.EvaluateParts(TinyRuns.Data.Test, s_all).ToList();

        Assert.Equal(["0 digits", "1 digit", "2 digits", "3 digits"], parts.Take(4).Select(part => part.Name));
        Assert.Equal(30, parts.Take(4).Sum(part => part.Evaluation.Samples));
        Assert.Contains(parts, part => part.Name == "168 × 56 px");
        Assert.Contains(parts, part => part.Name == "168 × 168 px");
        Assert.DoesNotContain(parts, part => part.Name.StartsWith("63", StringComparison.Ordinal));   // no whole patches of 14 px
        Assert.Equal(0, parts[0].Evaluation.Metrics["mAP50"]);
    }

    /// <summary>A model that sees digits everywhere is right about empty scenes alone; what is calibrated is read from the weights again, wherever they go.</summary>
    [Fact]
    public void Calibrate_AModelThatSeesDigitsEverywhere_RaisesTheThresholdInItsStateDict()
    {
        using var learner = Learner();
        var detector = (SceneDetector)learner.Network;
        Assert.Equal([0.5f, 0.4f], detector.Thresholds.data<float>().ToArray());
        Cover(detector, presence: 0.4f);                     // 0.599 everywhere
        Assert.NotEmpty(learner.Read(Picture(70, 84), withAttention: false).Labels);

        learner.Calibrate(TinyRuns.Data.Validation, [.. Enumerable.Range(0, 20)]);

        Assert.Equal([0.6f, 0.4f], StateDict.Export(detector)["thresholds"].Floats!);
        Assert.Equal("nothing here", learner.Read(Picture(70, 84), withAttention: false).Text);
    }

    [Theory]
    [InlineData(56, 56)]
    [InlineData(70, 168)]
    [InlineData(168, 168)]
    public void Read_AnySize_TellsBoxesPresenceAndAttentionOfItsOwnGrid(int width, int height)
    {
        using var learner = Learner();
        Cover((SceneDetector)learner.Network, presence: 4);

        var reading = learner.Read(Picture(width, height), withAttention: true);

        var patches = width / 14 * (height / 14);
        Assert.Equal((height / 14, width / 14, patches), (reading.Presence!.GridHeight, reading.Presence.GridWidth, reading.Presence.Weights.Length));
        Assert.Equal((patches, height / 14, width / 14), (reading.Attention!.Tokens, reading.Attention.GridHeight, reading.Attention.GridWidth));
        Assert.Equal(2 * patches * patches, reading.Attention.Weights.Length);
        Assert.Equal(patches, reading.Regions.Count);        // every patch has a digit of a patch's size
        Assert.Equal(reading.Regions.Select(region => region.Predicted), reading.Labels);
        Assert.Equal(string.Join(' ', reading.Labels), reading.Text);
        Assert.All(reading.Regions, region =>
        {
            Assert.Equal(1, region.Probabilities.Sum(), 1e-4f);
            Assert.Equal(0.982f, region.Presence!.Value, 1e-3f);
            Assert.Equal((14f, 14f), (region.Box!.Width, region.Box.Height));
        });
        Assert.Equal((0f, 0f), (reading.Regions[0].Box!.X, reading.Regions[0].Box!.Y));
    }

    [Theory]
    [InlineData(28, 56)]
    [InlineData(56, 70 + 7)]
    [InlineData(182, 56)]
    public void Read_AnotherSize_IsRefused(int width, int height)
    {
        using var learner = Learner();

        var e = Assert.Throws<ArgumentException>(() => learner.Read(Picture(width, height), withAttention: false));

        Assert.Contains($"56 to 168 px in whole patches of 14, got {width} × {height}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CreateLearner_SameSeed_StartsFromTheSameWeights()
    {
        static float[] Weights(int seed)
        {
            using var learner = LearnerOf(TinyScenes.Options with { Seed = seed });
            return [.. StateDict.Export(learner.Network).Values.SelectMany(tensor => tensor.Floats!)];
        }

        Assert.Equal(Weights(1), Weights(1));
        Assert.NotEqual(Weights(1), Weights(2));
    }

    /// <summary>Moving digits by whole patches moves the patches that answer for them, and asks the same of each.</summary>
    [Fact]
    public void Targets_OfAMovedScene_MoveAlong()
    {
        var grid = new PatchGrid(8, 8, 14);
        List<VitLab.Data.SceneDigit> digits = [new(3, new InkBox(10, 12, 13, 21)), new(8, new InkBox(40, 30, 9, 17))];
        List<VitLab.Data.SceneDigit> moved = [.. digits.Select(digit => digit with { Box = digit.Box with { Left = digit.Box.Left + 28, Top = digit.Box.Top + 14 } })];

        var (before, after) = (PatchTargets.Of([digits], 1, grid), PatchTargets.Of([moved], 1, grid));

        Assert.NotEmpty(before.Answering);
        Assert.Equal(before.Answering.Select(patch => patch + 8 + 2), after.Answering);
        Assert.Equal(before.Labels, after.Labels);
        Assert.Equal(before.Boxes, after.Boxes);
    }

    private static Learner Learner() => LearnerOf(TinyScenes.Options);

    private static Learner LearnerOf(FreeLayoutOptions options) => TinyScenes.Experiment.CreateLearner(options);

    private static bool SameNumbers((float[] Inputs, long[] Targets) a, (float[] Inputs, long[] Targets) b) => a.Inputs.AsSpan().SequenceEqual(b.Inputs) && a.Targets.AsSpan().SequenceEqual(b.Targets);

    private static GrayImage Picture(int width, int height) => new(width, height, [.. Enumerable.Range(0, width * height).Select(i => (byte)(i % 200))]);

    /// <summary>Every patch says the same presence, and a box of its own size about its middle.</summary>
    private static void Cover(SceneDetector detector, float presence)
    {
        foreach (var (name, parameter) in detector.named_parameters())
        {
            if (name is "presence.weight" or "box.weight" or "box.bias")
            {
                StateDict.Copy(HostTensor.Of(new float[parameter.numel()], parameter.shape), parameter);
            }
            else if (name == "presence.bias")
            {
                StateDict.Copy(HostTensor.Of([presence], parameter.shape), parameter);
            }
        }
    }
}

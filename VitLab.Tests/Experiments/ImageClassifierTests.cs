using VitLab.Data;
using VitLab.Experiments;
using VitLab.Insight;
using VitLab.Models;
using VitLab.Tests.Runs;
using VitLab.Vision;

namespace VitLab.Tests.Experiments;

public class ImageClassifierTests
{
    private static readonly Experiment s_experiment = ExperimentCatalog.Find("image-classifier");

    private static readonly ImageClassifierOptions s_tiny = new() { Patch = 8, Dim = 16, Depth = 1, Heads = 2, MlpDim = 32, Dropout = 0, AttentionDropout = 0, LabelSmoothing = 0 };

    private static readonly ImageSet s_images = TinyData.Photographs.Train;

    // cls 192, positions 65·192 = 12,480, patch embedding 48·192 + 192 = 9,408, final norm 384, head 1,930; a block 12·192² + 13·192 = 444,864.
    [Theory]
    [InlineData("small", 5_362_762)]
    [InlineData("base", 21_342_346)]
    [InlineData("large", 75_722_250)]
    public void Variants_HaveTheirParameters(string preset, long parameters) =>
        Assert.Equal(parameters, s_experiment.Cost(s_experiment.FindPreset(preset).Options).Parameters);

    [Fact]
    public void Presets_All_CanBeRun() => Assert.All(s_experiment.Presets, preset => OptionSchema.Of(s_experiment).Check(preset.Options));

    [Fact]
    public void Data_DecidesClassesShapeAndCanvas()
    {
        var (photographs, clothes) = (s_tiny, s_tiny with { Data = "fashion-mnist", Patch = 7, Flip = false });

        Assert.Equal(("airplane", "T-shirt/top"), (s_experiment.Classes(photographs)[0], s_experiment.Classes(clothes)[0]));
        Assert.Equal(new InputGeometry(3, 32, 32, 8), s_experiment.Geometry(photographs));
        Assert.Equal(new InputGeometry(1, 28, 28, 7), s_experiment.Geometry(clothes));
        Assert.Equal(new ImageShape(1, 28, 28), s_experiment.SourceImages(clothes));
        Assert.Null(s_experiment.Canvas(photographs));
        Assert.False(s_experiment.LearnsCorrections(clothes));
    }

    [Theory]
    [InlineData("patch", "5", "patch", "divisor of the 32 px")]
    [InlineData("data", "mnist", "data", "one of cifar-10, fashion-mnist")]
    [InlineData("heads", "5", "heads", "divisor of the width")]
    [InlineData("pooling", "max", "pooling", "one of cls, mean")]
    [InlineData("depth", "25", "depth", "from 1 to 24")]
    [InlineData("mixUp", "0.001", "mixUp", "expected 0 or at least 0.01")]
    public void Options_ThatDoNotFit_AreRefusedByField(string key, string value, string field, string reason)
    {
        var schema = OptionSchema.Of(s_experiment);

        var error = Assert.Throws<OptionException>(() => schema.Check(schema.With(s_tiny, key, value)));

        Assert.Equal(field, error.Field);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_FlippedClothesAndOddWidthForFixedPositions_AreRefused()
    {
        Assert.Contains(OptionSchema.Of(s_experiment).Problems(s_tiny with { Data = "fashion-mnist", Patch = 7 }), problem => problem.Field == "flip");
        Assert.Contains(OptionSchema.Of(s_experiment).Problems(s_tiny with { Dim = 18, Positions = "fixed" }), problem => problem.Field == "dim");
    }

    // An overridden option is one field, where it was, with its own choices.
    [Fact]
    public void Schema_DataOfItsOwn_IsOneFieldInItsPlace()
    {
        var fields = OptionSchema.Of(s_experiment).Fields;

        Assert.Equal("data", fields[0].Key);
        Assert.Single(fields, field => field.Key == "data");
        Assert.Equal(["cifar-10", "fashion-mnist"], fields[0].Choices);
        Assert.Equal(s_tiny, OptionSchema.ReadStored(s_experiment, OptionSchema.Write(s_tiny)));
    }

    [Theory]
    [InlineData("cls", "learned", 1)]
    [InlineData("mean", "fixed", 0)]
    public void PoolingAndPositions_AreTheModels(string pooling, string positions, int prefix)
    {
        var config = (s_tiny with { Pooling = pooling, Positions = positions }).ToConfig();

        Assert.Equal((prefix, positions == "learned"), (config.PrefixTokens, config.Positions == PositionEncoding.Learned));
    }

    [Fact]
    public void Prepare_APhotograph_IsItsMiddleInColourAndOfClothesInGrey()
    {
        var photograph = PlanarImage.Of(3, 80, 64, new byte[3 * 80 * 64]);

        Assert.Equal((3, 32), (s_experiment.Prepare(photograph, s_tiny)!.Channels, s_experiment.Prepare(photograph, s_tiny)!.Width));
        Assert.Equal((1, 28), s_experiment.Prepare(photograph, s_tiny with { Data = "fashion-mnist" }) is { } gray ? (gray.Channels, gray.Width) : default);
        Assert.Equal("drawing", Assert.Throws<DrawingFormatException>(() => s_experiment.Prepare(new Drawing(280, 280, []), s_tiny)).Field);
    }

    // CIFAR-10's mean becomes 0 and a deviation 1, channel by channel.
    [Fact]
    public void ComposePlain_Pixels_AreNormalisedChannelByChannel()
    {
        using var learner = s_experiment.CreateLearner(s_tiny);

        var batch = learner.ComposePlain(new ImageSet(3, 32, 32, [.. Enumerable.Repeat((byte)255, 3 * 1024)], [4]), [0]);

        Assert.Equal([1L, 3, 32, 32], batch.InputShape);
        Assert.Equal([(1 - 0.4914f) / 0.2470f, (1 - 0.4822f) / 0.2435f, (1 - 0.4465f) / 0.2616f], new[] { batch.Inputs[0], batch.Inputs[1024], batch.Inputs[2048] }, (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Compose_SameIndicesAndEpoch_IsTheSameBatchWhateverTheOrder(double mixUp)
    {
        using var learner = s_experiment.CreateLearner(s_tiny with { MixUp = mixUp });

        var (pair, swapped) = (learner.Compose(s_images, [7, 3], epoch: 2), learner.Compose(s_images, [3, 7], epoch: 2));

        Assert.Equal(pair.Inputs[..3072], swapped.Inputs[3072..]);
        Assert.Equal(pair.Targets[..(pair.Targets.Length / 2)], swapped.Targets[(pair.Targets.Length / 2)..]);
        Assert.NotEqual(pair.Inputs, learner.Compose(s_images, [7, 3], epoch: 3).Inputs);
    }

    // Without crop and flip a blend is λ of one plain picture and 1 − λ of another, and its loss that of both classes in the same shares.
    [Fact]
    public void MixUp_PicturesAndLoss_AreBlendedInTheSameShare()
    {
        using var scope = torch.NewDisposeScope();
        using var learner = s_experiment.CreateLearner(s_tiny with { MixUp = 1, CropPixels = 0, Flip = false });
        using var plain = s_experiment.CreateLearner(s_tiny);

        var blend = learner.Compose(s_images, [5], epoch: 1);

        var (first, second, share) = (blend.Targets[0], blend.Targets[1], blend.Targets[2] / 65536.0);
        var own = plain.ComposePlain(s_images, [5]).Inputs;
        var other = Enumerable.Range(0, s_images.Count).Where(i => s_images.Label(i) == second).Select(i => plain.ComposePlain(s_images, [i]).Inputs)
            .Single(candidate => Enumerable.Range(0, own.Length).All(p => Math.Abs((share * own[p]) + ((1 - share) * candidate[p]) - blend.Inputs[p]) < 1e-3));
        Assert.Equal(s_images.Label(5), first);
        Assert.InRange(share, 0, 1);
        double Loss(long target) => plain.Loss(new HostBatch(1, blend.Inputs, blend.InputShape, [target], [1, 1])).ToSingle();
        Assert.Equal((share * Loss(first)) + ((1 - share) * Loss(second)), learner.Loss(blend).ToSingle(), 1e-4);
        Assert.Equal(own.Length, other.Length);
    }

    [Theory]
    [InlineData(1.0, 0.2887)]
    [InlineData(0.2, 0.4226)]
    public void MixUp_Shares_HaveTheMeanAndDeviationOfTheBetaDistribution(double alpha, double deviation)
    {
        var (mixUp, random) = (new MixUp(alpha), new SeededRandom(3));
        List<double> shares = [];
        for (var i = 0; i < 20_000; i++)
        {
            shares.Add((double)mixUp.Share(ref random) / MixUp.One);
        }

        Assert.Equal(0.5, shares.Average(), 0.01);
        Assert.Equal(deviation, Math.Sqrt(shares.Average(share => (share - 0.5) * (share - 0.5))), 0.01);   // 1 / √(4 (2α + 1))
    }

    [Theory]
    [InlineData("cls", "learned", 0)]
    [InlineData("mean", "fixed", 0.2)]
    public void Loss_OnOneBatch_Falls(string pooling, string positions, double mixUp)
    {
        using var learner = s_experiment.CreateLearner(s_tiny with { Pooling = pooling, Positions = positions, MixUp = mixUp });

        var losses = Descent.Losses(learner, learner.Compose(s_images, [.. Enumerable.Range(0, 20)], epoch: 1), rate: 3e-3, steps: 40);

        Assert.Equal(Math.Log(10), losses[0], 0.5);
        Assert.True(losses[^1] < 0.75 * losses[0], $"{losses[0]} → {losses[^1]}");
    }

    [Fact]
    public void Read_AnyPicture_NamesItsClass()
    {
        using var learner = s_experiment.CreateLearner(s_tiny);

        var reading = learner.Read(s_experiment.Sample(s_images, 4, s_tiny).Picture, withAttention: true);

        Assert.Equal(s_experiment.Classes(s_tiny)[reading.Labels[0]], reading.Text);
        Assert.Equal((1 + 16, 4, 4), (reading.Attention!.Tokens, reading.Attention.GridHeight, reading.Attention.GridWidth));
        Assert.Contains("in 3 channels, got 32 × 32 in 1", Assert.Throws<ArgumentException>(() => learner.Read(new GrayImage(32, 32), withAttention: false)).Message, StringComparison.Ordinal);
    }
}

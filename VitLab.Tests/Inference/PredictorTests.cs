using VitLab.Data;
using VitLab.Experiments;
using VitLab.Inference;
using VitLab.Models;
using VitLab.Tests.Runs;
using VitLab.Tests.Training;
using VitLab.Training;
using VitLab.Vision;

namespace VitLab.Tests.Inference;

public class PredictorTests
{
    private static readonly GrayImage s_picture = new(28, 28, TinyRuns.Data.Validation.Image(4).ToArray());

    [Theory]
    [InlineData(0)]
    [InlineData(0.9)]
    public void Read_CapturedWeights_GivesTheTrainersReading(double ema)
    {
        using var trainer = new Trainer(TinyRuns.Plan(TinyRuns.Options with { EmaDecay = ema }));
        foreach (var _ in trainer.Run().OfType<StepCompleted>().Take(4))
        {
        }

        using var predictor = new Predictor(trainer.CaptureWeights());

        var (expected, actual) = (trainer.Read(s_picture, withAttention: true), predictor.Read(s_picture, withAttention: true));
        Assert.Equal(expected.Text, actual.Text);
        Assert.Equal(expected.Regions[0].Probabilities, actual.Regions[0].Probabilities);
        Assert.Equal(1, actual.Regions[0].Probabilities.Sum(), 1e-5);
        Assert.Equal(expected.Attention!.Weights, actual.Attention!.Weights);
        Assert.Equal((2, 2, 5, 2, 2), (actual.Attention.Layers, actual.Attention.Heads, actual.Attention.Tokens, actual.Attention.GridHeight, actual.Attention.GridWidth));
    }

    [Fact]
    public void Evaluate_ImagesOfAnotherShape_SaysWhichItReads()
    {
        using var trainer = new Trainer(TinyRuns.Plan());
        using var predictor = new Predictor(trainer.CaptureWeights());

        var error = Assert.Throws<DataException>(() => predictor.Evaluate(TinyData.Photographs.Test));

        Assert.Equal("data: single-digit reads images of 1 × 28 × 28, got 3 × 32 × 32.", error.Message);
    }

    [Fact]
    public void Constructor_WeightsOfAnotherShape_SaysWhichDoNotFit()
    {
        using var trainer = new Trainer(TinyRuns.Plan());
        var checkpoint = trainer.CaptureWeights();
        var wider = new Checkpoint(checkpoint.Info with { Options = TinyRuns.Options with { MlpDim = 24 } }, checkpoint.Tensors);

        var e = Assert.Throws<CheckpointException>(() => new Predictor(wider));

        Assert.Contains("blocks.0.mlp.fc1.weight (expected float32 [24, 8], got float32 [16, 8])", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_APictureOfAnotherSize_IsRefused()
    {
        using var trainer = new Trainer(TinyRuns.Plan());
        using var predictor = new Predictor(trainer.CaptureWeights());

        Assert.Throws<ArgumentException>(() => predictor.Read(new GrayImage(20, 28), withAttention: false));
    }
}

using VitLab.Experiments;
using VitLab.Inference;
using VitLab.Models;
using VitLab.Training;

namespace VitLab.Tests.Training;

public class BenchmarkTests
{
    private static readonly ExperimentPreset s_tiny = TinyRuns.Experiment.Presets[0] with { Options = TinyRuns.Options };

    [Fact]
    public void Measure_ATinyModel_GivesFiguresThatFitTogether()
    {
        var measured = TrainingBenchmark.Measure(TinyRuns.Experiment, s_tiny, Hardware.This.Cpu, batchSize: 16, seconds: 0.05);

        Assert.Equal(("single-digit", 16), (measured.Experiment, measured.Batch));
        Assert.Equal(measured.ImagesPerSecond * TinyRuns.Experiment.Cost(TinyRuns.Options).TrainingFlops / 1e9, measured.Gflops, 1e-9);
        Assert.True(measured.AllocatedBytesPerStep >= 0);
        Assert.True(TrainingBenchmark.MeasureGemm(Hardware.This.Cpu, secondsPerSize: 0.001) > 0);
    }

    [Fact]
    public void Measure_Reading_GivesOrderedPercentiles()
    {
        var measured = InferenceBenchmark.Measure(TinyRuns.Experiment, s_tiny, Hardware.This.Cpu, reads: 50);

        Assert.True(measured.P50Ms > 0 && measured.P50Ms <= measured.P99Ms);
        Assert.True(measured.AttentionP50Ms > 0 && measured.AttentionP50Ms <= measured.AttentionP99Ms);
    }

    // The figure of an untrained decoder stands for the longest text, so it must write one.
    [Fact]
    public void Read_UntrainedDecoders_WriteTheLongestText() => Assert.All(ExperimentCatalog.All.SelectMany(experiment => experiment.Presets.Select(preset => (experiment, preset.Options))), task =>
    {
        using var learner = task.experiment.CreateLearner(task.Options);
        var picture = InferenceBenchmark.Picture(task.experiment, task.Options);

        Assert.DoesNotContain(learner.Read(picture, withAttention: false).Tokens ?? [], token => token.Text == "finish");
    });

    [Fact]
    public void Noise_OfAnExperiment_HasTheShapeOfItsSourceImagesAndIsAlwaysTheSame()
    {
        var (noise, again) = (NoiseData.For(TinyRuns.Experiment, TinyRuns.Options, 20), NoiseData.For(TinyRuns.Experiment, TinyRuns.Options, 20));

        Assert.Equal(TinyRuns.Experiment.SourceImages(TinyRuns.Options), new ImageShape(noise.Train.Channels, noise.Train.Height, noise.Train.Width));
        Assert.Equal((20, 0, 0), (noise.Train.Count, noise.Validation.Count, noise.Test.Count));
        Assert.Equal(noise.Train.Pixels, again.Train.Pixels);
        Assert.All(noise.Train.Labels, label => Assert.InRange(label, 0, 9));
    }
}

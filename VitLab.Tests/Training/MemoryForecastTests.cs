using VitLab.Experiments;
using VitLab.Models;
using VitLab.Training;

namespace VitLab.Tests.Training;

public class MemoryForecastTests
{
    private static readonly Experiment s_experiment = ExperimentCatalog.Find("image-classifier");

    [Fact]
    public void Of_Small_IsCountedFromItsShapes()
    {
        var options = s_experiment.FindPreset("small").Options;
        var weights = 4 * s_experiment.Cost(options).Parameters;

        var needed = MemoryForecast.Of(s_experiment, options with { BatchSize = 100 });

        Assert.Equal((weights, weights, 2 * weights, 3 * weights), (needed.Weights, needed.Gradients, needed.Moments, needed.Copies));
        Assert.Equal(110.0 * s_experiment.Cost(options).ActivationBytes, needed.Activations, 1.0);
        Assert.Equal(weights, MemoryForecast.Of(s_experiment, options with { Optimizer = "sgd" }).Moments);
        Assert.Equal(2 * weights, MemoryForecast.Of(s_experiment, options with { EmaDecay = 0 }).Copies);
    }

    [Fact]
    public void Of_PartsOfABatch_NeedsTheActivationsOfOnePart()
    {
        var options = s_experiment.FindPreset("small").Options with { BatchSize = 100 };

        Assert.Equal(
            MemoryForecast.Of(s_experiment, options with { BatchSize = 25 }).Activations,
            MemoryForecast.Of(s_experiment, options with { AccumulationSteps = 4 }).Activations);
    }

    [Fact]
    public void Check_TooSmallADevice_SaysHowManyPartsWouldFit()
    {
        var options = s_experiment.FindPreset("small").Options with { BatchSize = 128, AccumulationSteps = 1 };
        var needed = MemoryForecast.Of(s_experiment, options);
        var half = new ComputeDevice("cpu", "small", (needed.Total - (needed.Activations / 2)) * 10 / 9);

        var error = Assert.Throws<OptionException>(() => MemoryForecast.Check(s_experiment, options, half));

        Assert.Equal("accumulationSteps", error.Field);
        Assert.Contains("computing 128 samples at once", error.Message, StringComparison.Ordinal);
        var parts = int.Parse(error.Message.Split("at least ")[1].Split(',')[0], System.Globalization.CultureInfo.InvariantCulture);
        MemoryForecast.Check(s_experiment, options with { AccumulationSteps = parts }, half);
        Assert.NotNull(MemoryForecast.Problem(s_experiment, options with { AccumulationSteps = parts - 1 }, half));
        Assert.Equal("preset", MemoryForecast.Problem(s_experiment, options, new ComputeDevice("cpu", "tiny", needed.Weights))!.Field);
        Assert.Null(MemoryForecast.Problem(s_experiment, options, new ComputeDevice("cuda:0", "unknown", null)));
    }
}

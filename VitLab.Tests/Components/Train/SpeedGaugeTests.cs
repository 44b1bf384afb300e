using VitLab.Experiments;
using VitLab.Tests.Training;
using VitLab.Web.Components.Train;

namespace VitLab.Tests.Components.Train;

public class SpeedGaugeTests
{
    [Fact]
    public async Task Measure_AModel_KnowsItsSpeedFromThenOn()
    {
        using var gauge = new SpeedGauge();
        Assert.Empty(gauge.Known(TinyRuns.Experiment));

        await gauge.MeasureAsync(TinyRuns.Experiment, TinyRuns.Options, TestContext.Current.CancellationToken);

        var (flops, speed) = Assert.Single(gauge.Known(TinyRuns.Experiment));
        Assert.Equal(TinyRuns.Experiment.Cost(TinyRuns.Options).TrainingFlops, flops);
        Assert.True(speed > 0 && double.IsFinite(speed));
        Assert.Empty(gauge.Known(ExperimentCatalog.Find("grid-heads")));
    }

    [Fact]
    public async Task Measure_NobodyWaitsForAnyMore_StopsAndKnowsNothing()
    {
        using var gauge = new SpeedGauge();
        using var leaving = new CancellationTokenSource();
        var measuring = gauge.MeasureAsync(TinyRuns.Experiment, TinyRuns.Options, leaving.Token);

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => measuring);
        Assert.Empty(gauge.Known(TinyRuns.Experiment));
    }
}

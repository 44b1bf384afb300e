using VitLab.Experiments;
using VitLab.Training;

namespace VitLab.Tests.Training;

public class LearningRateScheduleTests
{
    private static readonly TrainingOptions s_options = new() { Epochs = 10, WarmUpEpochs = 2, LearningRate = 0.1, FinalRateFraction = 0.1 };

    [Fact]
    public void RateAt_WarmUpThenCosine_PassesThroughItsCorners()
    {
        var schedule = new LearningRateSchedule(s_options, stepsPerEpoch: 10);

        Assert.Equal(0.005, schedule.RateAt(1), 1e-12);
        Assert.Equal(0.1, schedule.RateAt(20), 1e-12);
        Assert.Equal(0.055, schedule.RateAt(60), 1e-12);   // halfway down: the mean of 0.1 and 0.01
        Assert.Equal(0.01, schedule.RateAt(100), 1e-12);
    }

    [Fact]
    public void RateAt_SetByHandInTheWarmUp_HoldsUntilTheCosineFalls()
    {
        var schedule = new LearningRateSchedule(s_options, stepsPerEpoch: 10) { Override = new RateOverride(5, 0.02) };

        Assert.Equal(0.02, schedule.RateAt(4), 1e-12);   // the plan's own, 0.1 · 4 / 20
        Assert.Equal(0.02, schedule.RateAt(5), 1e-12);
        Assert.Equal(0.02, schedule.RateAt(20), 1e-12);
        Assert.Equal(0.002, schedule.RateAt(100), 1e-12);
    }

    [Fact]
    public void RateAt_SetByHandOnTheWayDown_GoesOnInProportion()
    {
        var schedule = new LearningRateSchedule(s_options, stepsPerEpoch: 10) { Override = new RateOverride(60, 0.2) };

        Assert.Equal(0.2, schedule.RateAt(60), 1e-12);
        Assert.Equal(0.2 * 0.1 / 0.55, schedule.RateAt(100), 1e-12);
    }

    [Fact]
    public void RateAt_NoWarmUp_StartsNearThePeak() =>
        Assert.Equal(0.1, new LearningRateSchedule(s_options with { WarmUpEpochs = 0 }, stepsPerEpoch: 1000).RateAt(1), 1e-6);
}

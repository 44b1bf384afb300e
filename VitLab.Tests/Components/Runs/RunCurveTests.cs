using VitLab.Experiments;
using VitLab.Training;
using VitLab.Web.Components.Runs;
using VitLab.Web.Runs;

namespace VitLab.Tests.Components.Runs;

public class RunCurveTests
{
    private readonly RunCurve _curve = new(batchSize: 128, [new Metric("accuracy", "Accuracy", ""), new Metric("other", "Other", "")]);
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;
    private long _sequence;

    [Fact]
    public void Add_Validation_KeepsStepSamplesAndEveryMetric()
    {
        Assert.False(Tell(0, new RunStarted(0, 4300, 430, 1000, "mnist", "", null)));
        Assert.True(Tell(3, Validation(100, 0.9)));

        Assert.Equal([100], _curve.Steps);
        Assert.Equal([12_800], _curve.Samples);
        Assert.Equal([0.9], _curve.Values["accuracy"]);
        Assert.Equal([0.3], _curve.Values[RunCurve.LossKey]);
        Assert.Equal([double.NaN], _curve.Values["other"]);
        Assert.Equal([3], _curve.Seconds);
    }

    [Fact]
    public void Add_PauseAndRestart_StopTheClock()
    {
        Tell(0, new RunStarted(0, 4300, 430, 1000, "mnist", "", null));
        Tell(5, new RunPaused(50));
        Tell(3600, new RunResumed(50));
        Tell(5, Validation(100, 0.9));
        Tell(7200, new RunStarted(100, 4300, 430, 1000, "mnist", "", null));
        Tell(2, Validation(120, 0.91));

        Assert.Equal([10, 12], _curve.Seconds);
    }

    private static ValidationCompleted Validation(long step, double accuracy) =>
        new(step, 1, true, new Evaluation(1000, 0.3, new Dictionary<string, double> { ["accuracy"] = accuracy }, null, []));

    private bool Tell(double secondsLater, TrainingEvent happened)
    {
        _now = _now.AddSeconds(secondsLater);
        return _curve.Add(new SequencedEvent(++_sequence, _now, happened));
    }
}

using VitLab.Experiments;

namespace VitLab.Tests.Experiments;

public class MetricTests
{
    private static readonly Metric s_metric = new("accuracy", "Accuracy", "");

    [Fact]
    public void In_RunAndCheckpoint_FindsItUnderEitherName()
    {
        Assert.Equal(0.9, s_metric.In(new Dictionary<string, double> { ["accuracy"] = 0.9 }));
        Assert.Equal(0.8, s_metric.In(new Dictionary<string, double> { ["validation.accuracy"] = 0.9, ["test.accuracy"] = 0.8 }));
        Assert.Equal(0.7, s_metric.In(new Dictionary<string, double> { ["validation.accuracy"] = 0.7 }));
    }

    [Fact]
    public void In_NotMeasured_IsNull()
    {
        Assert.Null(s_metric.In(null));
        Assert.Null(s_metric.In(new Dictionary<string, double> { ["digitAccuracy"] = 1, ["loss"] = 0 }));
    }
}

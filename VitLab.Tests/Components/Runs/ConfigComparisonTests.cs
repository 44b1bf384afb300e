using VitLab.Tests.Components.Train;
using VitLab.Web.Components.Runs;
using VitLab.Web.Runs;

namespace VitLab.Tests.Components.Runs;

public class ConfigComparisonTests
{
    private static readonly RunRecord s_run = RunsDouble.Run(RunState.Completed);

    [Fact]
    public void Of_SameSettings_HasNoRows() => Assert.Empty(ConfigComparison.Of([s_run, s_run with { Id = "other" }]).Rows);

    [Fact]
    public void Of_DifferentSettings_ShowsOnlyThoseWithUnits()
    {
        var other = s_run with { Options = s_run.Options with { Epochs = 77, Data = "pen" }, Origin = new RunOrigin("first", "best", 100, true) };

        var rows = ConfigComparison.Of([s_run, other]).Rows;

        Assert.Equal(["Started from", "Data", "Epochs"], rows.Select(row => row.Title));
        Assert.Equal([null, "first/best"], rows[0].Values);
        Assert.Equal("77 epochs", rows[2].Values[1]);
    }
}

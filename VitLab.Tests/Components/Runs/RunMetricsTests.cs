using Bunit;
using VitLab.Tests.Components.Train;
using VitLab.Web.Components.Runs;
using VitLab.Web.Components.Shared;
using VitLab.Web.Runs;

namespace VitLab.Tests.Components.Runs;

public class RunMetricsTests : LabTest
{
    [Fact]
    public void Render_BestAndTest_ShowsEveryMetricOfTheExperimentAndTheLoss()
    {
        var run = RunsDouble.Run(RunState.Completed) with
        {
            BestEpoch = 3,
            Best = new Dictionary<string, double> { ["accuracy"] = 0.9876, ["loss"] = 0.04321 },
            Test = new Dictionary<string, double> { ["accuracy"] = 0.98, ["loss"] = double.NaN },
        };

        var table = Render<RunMetrics>(p => p.Add(c => c.Run, run));

        Assert.Contains("epoch 3", table.Find("thead").TextContent, StringComparison.Ordinal);
        Assert.Equal([Figures.Percent(0.9876), "–", Figures.Percent(0.98)], Cells(table, 0));
        Assert.Equal(["0.0432", "–", "–"], Cells(table, 1));
    }

    private static IEnumerable<string> Cells(IRenderedComponent<RunMetrics> table, int row) => table.FindAll("tbody tr")[row].QuerySelectorAll("td").Select(cell => cell.TextContent);
}

using System.Text.Json;
using Bunit;
using VitLab.Experiments;
using VitLab.Tests.Components.Train;
using VitLab.Training;
using VitLab.Web.Components.Runs;
using VitLab.Web.Runs;

namespace VitLab.Tests.Components.Runs;

public class RunCurvesChartTests : LabTest
{
    [Fact]
    public void Render_RunWithHistory_HandsItsCurveToTheScript()
    {
        var control = SetupControl("runs/curves-chart");
        control.SetupVoid("show", _ => true).SetVoidResult();
        var evaluation = new Evaluation(1000, double.NaN, new Dictionary<string, double> { ["accuracy"] = 0.9 }, null, []);
        Lab.Told["brave-otter-1"] = [new SequencedEvent(1, DateTimeOffset.UnixEpoch, new ValidationCompleted(100, 1, true, evaluation))];

        var chart = Render<RunCurvesChart>(parameters => parameters.Add(c => c.Runs, [RunsDouble.Run(RunState.Completed)]));

        chart.WaitForAssertion(() =>
        {
            var curve = JsonSerializer.SerializeToElement(control.Invocations["show"][^1].Arguments[0])[0];
            Assert.Equal("brave-otter-1", curve.GetProperty("name").GetString());
            Assert.Equal([100], curve.GetProperty("steps").Deserialize<long[]>()!);
            Assert.Equal(JsonValueKind.Null, curve.GetProperty("loss")[0].ValueKind);
        });
    }
}

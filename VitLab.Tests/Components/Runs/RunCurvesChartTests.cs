using System.Text.Json;
using Bunit;
using VitLab.Experiments;
using VitLab.Tests.Components.Train;
using VitLab.Tests.Support;
using VitLab.Training;
using VitLab.Web.Components.Runs;
using VitLab.Web.Runs;

namespace VitLab.Tests.Components.Runs;

public class RunCurvesChartTests : LabTest
{
    [Fact]
    public async Task Render_RunWithHistory_HandsItsCurveToTheScript()
    {
        var control = SetupControl("runs/curves-chart");
        control.SetupVoid("show", _ => true).SetVoidResult();
        var evaluation = new Evaluation(1000, double.NaN, new Dictionary<string, double> { ["accuracy"] = 0.9 }, null, []);
        Lab.Told["brave-otter-1"] = [new SequencedEvent(1, DateTimeOffset.UnixEpoch, new ValidationCompleted(100, 1, true, evaluation))];

        Render<RunCurvesChart>(parameters => parameters.Add(c => c.Runs, [RunsDouble.Run(RunState.Completed)]));

        // The script is told without the component rendering again, so there is no render to wait for.
        var curve = await Eventually.GetAsync(
            "the curve is handed over",
            () => Task.FromResult(control.Invocations["show"].Select(call => JsonSerializer.SerializeToElement(call.Arguments[0])[0]).LastOrDefault()),
            shown => shown.ValueKind == JsonValueKind.Object && shown.GetProperty("steps").GetArrayLength() == 1);
        Assert.Equal("brave-otter-1", curve.GetProperty("name").GetString());
        Assert.Equal([100], curve.GetProperty("steps").Deserialize<long[]>()!);
        Assert.Equal([0.9], curve.GetProperty("values").GetProperty("accuracy").Deserialize<double[]>()!);
        Assert.Equal(JsonValueKind.Null, curve.GetProperty("values").GetProperty("loss")[0].ValueKind);
    }
}

using System.Text.Json.Nodes;
using VitLab.Experiments;
using VitLab.Models;
using VitLab.Tests.Support;
using VitLab.Web.Runs;

namespace VitLab.Tests.Runs;

/// <summary>Where runs compute: chosen, said, and no part of what they learn.</summary>
public sealed class PlacementTests : IDisposable
{
    private readonly TemporaryFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Start_OnTheCpu_SaysWhereItComputedAndKeepsItOutOfItsCommand()
    {
        await using var lab = await new TestLab(_home).StartAsync();

        var run = await lab.WaitAsync((await lab.Runs.StartAsync(TestLab.Request(epochs: 1) with { Device = "cpu" })).Id, RunState.Completed);

        Assert.Equal(("cpu", new Placement("cpu", Hardware.This.Cpu.Name, Hardware.This.Engine)), (run.Device, run.Placement));
        Assert.DoesNotContain("device", run.Command, StringComparison.Ordinal);
        Assert.Equal("cpu", (await lab.Runs.ForkAsync(run.Id, "last")).Device);
    }

    [Fact]
    public async Task Start_OnADeviceThatIsNotHere_IsRefusedByField()
    {
        await using var lab = new TestLab(_home);

        var e = await Assert.ThrowsAsync<OptionException>(() => lab.Runs.StartAsync(TestLab.Request() with { Device = "cuda:63" }));

        Assert.Equal("device", Assert.Single(e.Problems).Field);
        Assert.Empty(lab.Runs.List());
    }

    [Fact]
    public async Task Resume_ARunOfAMachineWithAnotherDevice_GoesOnHereAndSaysSo()
    {
        string id;
        await using (var lab = await new TestLab(_home).StartAsync())
        {
            id = (await lab.Runs.StartAsync(TestLab.Request(epochs: 6))).Id;
            await lab.WaitForStepAsync(id, 2);
        }

        var file = _home.File("runs", id, "run.json");
        var record = JsonNode.Parse(File.ReadAllText(file))!;
        record["device"] = "cuda:63";
        record["placement"] = JsonNode.Parse("""{"device":"cuda:63","name":"NVIDIA Other","engine":"TorchSharp 0.107.0"}""");
        File.WriteAllText(file, record.ToJsonString());

        await using var here = await new TestLab(_home).StartAsync();
        var run = await here.WaitAsync(id, RunState.Completed);

        Assert.Equal("cuda:63", run.Device);                                                 // back where it came from, it computes there again
        Assert.Equal((Hardware.This.Best.Id, "cuda:63"), (run.Placement!.Device, run.Placement.Missing));
        Assert.Equal(Enumerable.Range(1, 24).Select(step => (long)step), here.Steps(id).Select(step => step.Step));
    }

    [Fact]
    public async Task Read_ARunOfBeforeThereWasAChoice_LeavesItToTheLab()
    {
        await using var lab = new TestLab(_home);
        var id = (await lab.Runs.StartAsync(TestLab.Request())).Id;
        var file = _home.File("runs", id, "run.json");
        var record = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        Assert.True(record.Remove("device") && record.Remove("placement"));
        File.WriteAllText(file, record.ToJsonString());

        var read = RunFile.Read(file, id);

        Assert.Equal((Hardware.Auto, null), (read.Device, read.Placement));
    }
}

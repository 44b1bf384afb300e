using VitLab.Tests.Support;

namespace VitLab.Tests.Faults;

/// <summary>A server that dies in the middle of training, and what the next one makes of the folder it left.</summary>
[Collection(FaultCollection.Name)]
public sealed class InterruptedRunTests : IDisposable
{
    private readonly TemporaryFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Kill_DuringTraining_TheNextServerGoesOnFromTheCheckpoint()
    {
        var (id, lastSeen) = await TrainAndKillAsync();

        await using var server = await LabServer.StartAsync(_home.Path);
        await server.WaitForRunAsync(id, "the run goes on by itself", run => run.State() == "running" && run.Step() > lastSeen);
        await server.CommandAsync(id, "stop");
        await server.WaitForRunAsync(id, "the run stops", run => run.State() == "stopped");

        AssertContinuous(await server.EventsAsync(id));
    }

    [Fact]
    public async Task Kill_AgainAndAgain_NeverLosesTheRun()
    {
        var (id, lastSeen) = await TrainAndKillAsync();
        for (var kill = 0; kill < 3; kill++)
        {
            await using var server = await LabServer.StartAsync(_home.Path);
            var target = lastSeen;
            lastSeen = (await server.WaitForRunAsync(id, "the run goes on", run => run.State() == "running" && run.Step() > target)).Step();
            await server.KillAsync();
        }

        await using var last = await LabServer.StartAsync(_home.Path);
        await last.WaitForRunAsync(id, "the run goes on at last", run => run.State() == "running" && run.Step() > lastSeen);
        AssertContinuous(await last.EventsAsync(id));
    }

    [Fact]
    public async Task TornEventFile_AtRestart_LosesOnlyTheTornLine()
    {
        var (id, lastSeen) = await TrainAndKillAsync();
        var file = RunFile(id, "events.jsonl");
        var whole = await File.ReadAllLinesAsync(file);
        await File.AppendAllTextAsync(file, "{\"sequence\":999999,\"at\":\"20");

        await using var server = await LabServer.StartAsync(_home.Path);
        await server.WaitForRunAsync(id, "the run goes on", run => run.State() == "running" && run.Step() > lastSeen);

        var events = await server.EventsAsync(id);
        Assert.True(events.Count > whole.Length - 1, $"{events.Count} events after {whole.Length} lines");
        AssertContinuous(events);
    }

    [Theory]
    [InlineData("truncated")]
    [InlineData("foreign")]
    public async Task BrokenCheckpoint_AtRestart_FailsTheRunByNameAndKeepsEverything(string damage)
    {
        var (id, _) = await TrainAndKillAsync();
        var checkpoint = RunFile(id, "checkpoints", "last.safetensors");
        var bytes = await File.ReadAllBytesAsync(checkpoint);
        byte[] broken = damage == "truncated" ? bytes[..(bytes.Length / 2)] : "PK\u0003\u0004 a zip archive, say, or a pickle"u8.ToArray();
        await File.WriteAllBytesAsync(checkpoint, broken);

        await using var server = await LabServer.StartAsync(_home.Path);
        var run = await server.WaitForRunAsync(id, "the run ends as failed", run => run.State() == "failed");

        Assert.Contains("last.safetensors", run.GetProperty("failure").GetString(), StringComparison.Ordinal);
        Assert.Equal(broken, await File.ReadAllBytesAsync(checkpoint));
        AssertContinuous(await server.EventsAsync(id));
        Assert.NotEmpty(await server.StartLongRunAsync());   // the server itself is well
    }

    [Fact]
    public async Task Terminate_DuringTraining_SavesAndTheNextServerTakesNoStepTwice()
    {
        string id;
        await using (var server = await LabServer.StartAsync(_home.Path))
        {
            id = await server.StartLongRunAsync();
            await server.WaitForRunAsync(id, "training", run => run.Step() > 20);
            Assert.Equal(0, await server.StopAsync());
        }

        await using var next = await LabServer.StartAsync(_home.Path);
        await next.WaitForRunAsync(id, "the run goes on", run => run.State() == "running" && run.Step() > 40);
        var steps = (await next.EventsAsync(id)).Where(e => e.Type == "step").Select(e => e.Step).ToList();

        Assert.Equal(Enumerable.Range(1, steps.Count).Select(step => (long)step), steps);
    }

    /// <summary>Trains until a checkpoint is on the disk and steps follow it, then SIGKILL.</summary>
    private async Task<(string Id, long LastSeen)> TrainAndKillAsync()
    {
        await using var server = await LabServer.StartAsync(_home.Path);
        var id = await server.StartLongRunAsync();
        await Eventually.GetAsync(
            "a checkpoint after the first step", () => server.EventsAsync(id), events => events.Any(e => e.Type == "checkpoint" && e.Step > 0));
        var lastSeen = (await server.RunAsync(id)).Step();
        await server.KillAsync();
        return (id, lastSeen);
    }

    /// <summary>Sequence numbers without gap or duplicate; steps without gap from where each session says it starts, which nobody had passed by more than was lost.</summary>
    private static void AssertContinuous(IReadOnlyList<RunEvent> events)
    {
        Assert.Equal(Enumerable.Range(1, events.Count).Select(number => (long)number), events.Select(e => e.Sequence));
        var step = 0L;
        foreach (var e in events)
        {
            if (e.Type == "started")
            {
                Assert.True(e.Step <= step, $"event {e.Sequence} starts at step {e.Step}, but only {step} were taken");
                step = e.Step;
            }
            else if (e.Type == "step")
            {
                Assert.Equal(++step, e.Step);
            }
        }
    }

    private string RunFile(string id, params string[] parts) => _home.File(["runs", id, .. parts]);
}

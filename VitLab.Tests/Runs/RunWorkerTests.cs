using VitLab.Data;
using VitLab.Experiments;
using VitLab.Models;
using VitLab.Tests.Support;
using VitLab.Training;
using VitLab.Web.Runs;

namespace VitLab.Tests.Runs;

/// <summary>Runs from start to end with a model of a few hundred numbers.</summary>
public sealed class RunWorkerTests : IDisposable
{
    private readonly TemporaryFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Start_SmallRun_CompletesWithEventsMetricsAndCheckpoints()
    {
        await using var lab = await new TestLab(_home).StartAsync();

        var id = (await lab.Runs.StartAsync(TestLab.Request(epochs: 2))).Id;
        var run = await lab.WaitAsync(id, RunState.Completed);

        Assert.Equal((8, 8, 2), (run.Step, run.TotalSteps, run.Epoch));
        Assert.True(run.Best!.ContainsKey("accuracy") && run.Test!.ContainsKey("accuracy"));
        Assert.Equal(["best", "last"], lab.Runs.Checkpoints(id).Select(checkpoint => checkpoint.Name));
        var events = lab.Events(id);
        Assert.IsType<RunStarted>(events[0]);
        Assert.IsType<RunEnded>(events[^1]);
        Assert.Equal(Enumerable.Range(1, 8).Select(step => (long)step), lab.Steps(id).Select(step => step.Step));
        Assert.Contains("test.accuracy", Checkpoint.ReadInfo(lab.Store.Folder(id).Checkpoint("best")).Metrics.Keys);
    }

    [Fact]
    public async Task Start_Several_OneAfterAnother()
    {
        await using var lab = await new TestLab(_home).StartAsync();
        var first = (await lab.Runs.StartAsync(TestLab.Endless())).Id;
        var second = (await lab.Runs.StartAsync(TestLab.Request(epochs: 1))).Id;
        await lab.WaitForStepAsync(first, 2);

        Assert.Equal(RunState.Queued, lab.Runs.Find(second)!.State);
        await lab.Runs.CommandAsync(first, new StopRun());
        await lab.WaitAsync(second, RunState.Completed);
        Assert.Equal(RunState.Stopped, lab.Runs.Find(first)!.State);
    }

    [Fact]
    public async Task Pause_ThenStepsThenResume_MovesByExactlyThat()
    {
        await using var lab = await new TestLab(_home).StartAsync();
        var id = (await lab.Runs.StartAsync(TestLab.Endless())).Id;
        await lab.WaitForStepAsync(id, 1);

        await lab.Runs.CommandAsync(id, new PauseRun());
        var paused = lab.Runs.Find(id)!;
        Assert.Equal(RunState.Paused, paused.State);

        await lab.Runs.CommandAsync(id, new RunSteps(1));
        await lab.WaitAsync(id, run => run.State == RunState.Paused && run.Step == paused.Step + 1);
        await lab.Runs.CommandAsync(id, new RunSteps(7));
        await lab.WaitAsync(id, run => run.State == RunState.Paused && run.Step == paused.Step + 8);

        await lab.Runs.CommandAsync(id, new ResumeRun());
        await lab.WaitForStepAsync(id, paused.Step + 12);
        await lab.Runs.CommandAsync(id, new StopRun());
        Assert.Equal(RunState.Stopped, (await lab.WaitAsync(id, run => !run.IsOpen)).State);
        await Assert.ThrowsAsync<RunConflictException>(() => lab.Runs.CommandAsync(id, new ResumeRun()));
    }

    [Fact]
    public async Task Pause_AnotherWaits_GivesWayAndGoesOnLater()
    {
        await using var lab = await new TestLab(_home).StartAsync();
        var first = (await lab.Runs.StartAsync(TestLab.Endless())).Id;
        await lab.WaitForStepAsync(first, 2);
        await lab.Runs.CommandAsync(first, new PauseRun());
        var at = lab.Runs.Find(first)!.Step;

        var second = (await lab.Runs.StartAsync(TestLab.Request(epochs: 1))).Id;
        await lab.WaitAsync(second, RunState.Completed);
        Assert.Equal(RunState.Paused, lab.Runs.Find(first)!.State);

        await lab.Runs.CommandAsync(first, new ResumeRun());
        await lab.WaitForStepAsync(first, at + 2);
        await lab.Runs.CommandAsync(first, new StopRun());
        Assert.Equal(Enumerable.Range(1, lab.Steps(first).Count).Select(n => (long)n), lab.Steps(first).Select(step => step.Step));
    }

    [Fact]
    public async Task SetLearningRate_WhileTraining_AppliesAtTheNextStepAndIsMarked()
    {
        await using var lab = await new TestLab(_home).StartAsync();
        var id = (await lab.Runs.StartAsync(TestLab.Request(epochs: 500, ("finalRateFraction", 1)))).Id;
        await lab.WaitForStepAsync(id, 2);
        await lab.Runs.CommandAsync(id, new PauseRun());
        var at = lab.Runs.Find(id)!.Step;

        await lab.Runs.CommandAsync(id, new SetLearningRate(0.0005));
        await lab.Runs.CommandAsync(id, new RunSteps(1));
        await lab.WaitAsync(id, run => run.State == RunState.Paused && run.Step == at + 1);

        Assert.Equal(new LearningRateChanged(at + 1, 0.0005), Assert.Single(lab.Events(id).OfType<LearningRateChanged>()));
        Assert.Equal(0.0005f, lab.Steps(id)[^1].Rate, 1e-6f);
        await Assert.ThrowsAsync<OptionException>(() => lab.Runs.CommandAsync(id, new SetLearningRate(-1)));
    }

    [Fact]
    public async Task Shutdown_WhileTraining_TheNextLabGoesOnWithTheSameLosses()
    {
        var id = "";
        await using (var straight = await new TestLab(_home).StartAsync())
        {
            id = (await straight.Runs.StartAsync(TestLab.Request(epochs: 6))).Id;
            await straight.WaitAsync(id, RunState.Completed);
        }

        using var other = new TemporaryFolder();
        string interrupted;
        await using (var lab = await new TestLab(other).StartAsync())
        {
            interrupted = (await lab.Runs.StartAsync(TestLab.Request(epochs: 6))).Id;
            await lab.WaitForStepAsync(interrupted, 3);
            await lab.StopAsync();
            Assert.Equal(RunState.Running, lab.Runs.Find(interrupted)!.State);
        }

        await using var next = await new TestLab(other).StartAsync();
        await next.WaitAsync(interrupted, RunState.Completed);
        await using var reader = new TestLab(_home);
        Assert.Equal(reader.Steps(id).Select(step => (step.Step, step.Loss)), next.Steps(interrupted).Select(step => (step.Step, step.Loss)));
    }

    [Fact]
    public async Task Shutdown_AtTheEndOfAnEpoch_NoEpochIsLost()
    {
        var lab = await new TestLab(_home).StartAsync();
        var id = (await lab.Runs.StartAsync(TestLab.Request(epochs: 6))).Id;
        for (var epoch = 1; epoch <= 3; epoch++)
        {
            await lab.WaitForEventAsync<ValidationCompleted>(id, validation => validation.Epoch == epoch);
            await lab.DisposeAsync();
            lab = await new TestLab(_home).StartAsync();
        }

        await lab.WaitAsync(id, RunState.Completed);
        Assert.Equal(Enumerable.Range(1, 6), lab.Events(id).OfType<EpochCompleted>().Select(epoch => epoch.Epoch));
        await lab.DisposeAsync();
    }

    [Fact]
    public async Task Restart_QueuedAndPausedRuns_StayWhatTheyAre()
    {
        string paused, queued;
        await using (var lab = await new TestLab(_home).StartAsync())
        {
            paused = (await lab.Runs.StartAsync(TestLab.Endless())).Id;
            await lab.WaitForStepAsync(paused, 2);
            await lab.Runs.CommandAsync(paused, new PauseRun());
        }

        await using (var lab = new TestLab(_home))
        {
            queued = (await lab.Runs.StartAsync(TestLab.Request(epochs: 1))).Id;
        }

        await using var next = await new TestLab(_home).StartAsync();
        await next.WaitAsync(queued, RunState.Completed);
        Assert.Equal(RunState.Paused, next.Runs.Find(paused)!.State);
        var step = next.Runs.Find(paused)!.Step;
        await next.Runs.CommandAsync(paused, new RunSteps(2));
        await next.WaitAsync(paused, run => run.State == RunState.Paused && run.Step == step + 2);
    }

    [Fact]
    public async Task FullDisk_WhileTraining_PausesWithTheReasonAndLosesNothing()
    {
        var files = new TestRunFiles();
        await using var lab = await new TestLab(_home, files).StartAsync();
        var id = (await lab.Runs.StartAsync(TestLab.Endless())).Id;
        await lab.WaitForStepAsync(id, 3);
        await lab.WaitForEventAsync<CheckpointSaved>(id, saved => saved.Name == "last");

        files.IsFull = true;
        var paused = await lab.WaitAsync(id, RunState.Paused);
        Assert.Contains("No space left", paused.Failure, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RunConflictException>(() => lab.Runs.CommandAsync(id, new ResumeRun()));
        Assert.True(Checkpoint.Load(lab.Store.Folder(id).Checkpoint("last")).IsResumable);

        files.IsFull = false;
        await lab.Runs.CommandAsync(id, new ResumeRun());
        await lab.WaitForStepAsync(id, paused.Step + 3);
        await lab.Runs.CommandAsync(id, new StopRun());
        await lab.WaitAsync(id, RunState.Stopped);
        Assert.Equal(Enumerable.Range(1, lab.Steps(id).Count).Select(n => (long)n), lab.Steps(id).Select(step => step.Step));
    }

    [Fact]
    public async Task Start_DataThatCannotBeHad_FailsWithTheReason()
    {
        await using var lab = await new TestLab(_home, data: new TinyData { Trouble = new DataException("MNIST is not here.") }).StartAsync();

        var run = await lab.Runs.StartAsync(TestLab.Request(1, ("data", "mnist")));

        Assert.Equal("MNIST is not here.", (await lab.WaitAsync(run.Id, RunState.Failed)).Failure);
    }

    [Fact]
    public async Task Start_NobodyAskedForMnistAndItIsMissing_TakesPenDigits()
    {
        await using var lab = await new TestLab(_home, data: new TinyData { Trouble = new DataException("MNIST is not here.") }).StartAsync();

        var run = await lab.Runs.StartAsync(TestLab.Request(1));

        Assert.Equal("pen", (await lab.WaitAsync(run.Id, RunState.Completed)).Options.Data);
    }

    [Fact]
    public async Task Stop_WhileLoading_EndsAtOnce()
    {
        var never = new TaskCompletionSource();
        await using var lab = await new TestLab(_home, data: new TinyData { Gate = never.Task }).StartAsync();
        var run = await lab.Runs.StartAsync(TestLab.Request());
        await lab.WaitAsync(run.Id, r => r.Activity is not null);

        await lab.Runs.CommandAsync(run.Id, new StopRun());

        await lab.WaitAsync(run.Id, RunState.Stopped);
    }

    [Fact]
    public async Task CorruptCheckpoint_AtResume_FailsByNameAndIsKept()
    {
        string id;
        await using (var lab = await new TestLab(_home).StartAsync())
        {
            id = (await lab.Runs.StartAsync(TestLab.Endless())).Id;
            await lab.WaitForStepAsync(id, 2);
        }

        var path = _home.File("runs", id, "checkpoints", "last.safetensors");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..200]);

        await using var next = await new TestLab(_home).StartAsync();
        Assert.Contains("last.safetensors", (await next.WaitAsync(id, RunState.Failed)).Failure, StringComparison.Ordinal);
        Assert.Equal(200, new FileInfo(path).Length);
    }

    [Fact]
    public async Task Fork_OfLast_GoesOnAtItsStepWithTheOptionChanged()
    {
        await using var lab = await new TestLab(_home).StartAsync();
        var parent = (await lab.Runs.StartAsync(TestLab.Request(epochs: 1))).Id;
        await lab.WaitAsync(parent, RunState.Completed);

        var fork = await lab.Runs.ForkAsync(parent, "last", System.Text.Json.JsonSerializer.SerializeToElement(new { epochs = 2 }));
        var run = await lab.WaitAsync(fork.Id, RunState.Completed);

        Assert.Equal(new RunOrigin(parent, "last", 4, Continues: true), run.Origin);
        Assert.Equal([5L, 6, 7, 8], lab.Steps(fork.Id).Select(step => step.Step));
    }

    [Fact]
    public async Task Start_FromAnotherRun_TakesItsWeightsAndStartsAtStepZero()
    {
        await using var lab = await new TestLab(_home).StartAsync();
        var parent = (await lab.Runs.StartAsync(TestLab.Request(epochs: 1))).Id;
        await lab.WaitAsync(parent, RunState.Completed);

        var run = await lab.Runs.StartAsync(TestLab.Request(epochs: 1) with { From = parent });
        await lab.WaitAsync(run.Id, RunState.Completed);

        Assert.NotEmpty(lab.Events(run.Id).OfType<RunStarted>().Single().Transferred!.Copied);
        Assert.Equal(1, lab.Steps(run.Id)[0].Step);
        await Assert.ThrowsAsync<RunException>(() => lab.Runs.StartAsync(TestLab.Request() with { From = "no-such-run-9" }));
    }

    [Fact]
    public async Task Start_LaterPhaseFromAnEarlierOne_TakesOverWhatThePreviewSaid()
    {
        await using var lab = await new TestLab(_home).StartAsync();
        var parent = (await lab.Runs.StartAsync(TestLab.Request(epochs: 1))).Id;
        await lab.WaitAsync(parent, RunState.Completed);
        var request = TestLab.Request("grid-heads") with { From = parent };

        var preview = await lab.Runs.PreviewTransferAsync(request);
        var run = await lab.WaitAsync((await lab.Runs.StartAsync(request)).Id, RunState.Completed);
        var done = lab.Events(run.Id).OfType<RunStarted>().Single().Transferred!;

        Assert.Equal(preview.Copied, done.Copied);
        Assert.Equal(preview.Adapted, done.Adapted);
        Assert.Equal(preview.Fresh, done.Fresh);
        Assert.Equal(new AdaptedEntry("backbone.pos_embed_window", "positions of one digit kept in every cell"), Assert.Single(preview.Adapted));
        Assert.Contains("backbone.blocks.0.attn.qkv.weight", preview.Copied);
        Assert.Equal("backbone.pos_embed", preview.Fresh[0]);
        Assert.All(preview.Fresh.Skip(1), name => Assert.StartsWith("heads.", name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task PreviewTransfer_WithoutOrWithUnknownWeights_SaysSo()
    {
        await using var lab = await new TestLab(_home).StartAsync();

        Assert.Equal("from", (await Assert.ThrowsAsync<RunException>(() => lab.Runs.PreviewTransferAsync(TestLab.Request()))).Field);
        Assert.Equal("from", (await Assert.ThrowsAsync<RunException>(() => lab.Runs.PreviewTransferAsync(TestLab.Request() with { From = "no-such-run-9" }))).Field);
        Assert.Empty(lab.Runs.List());
    }

    [Fact]
    public async Task Delete_TrainingRun_StopsItAndRestoreBringsItBack()
    {
        await using var lab = await new TestLab(_home).StartAsync();
        var id = (await lab.Runs.StartAsync(TestLab.Endless())).Id;
        await lab.WaitForStepAsync(id, 2);

        await lab.Runs.DeleteAsync(id);
        Assert.Null(lab.Runs.Find(id));

        Assert.Equal(RunState.Stopped, (await lab.Runs.RestoreAsync(id)).State);
    }

    [Fact]
    public async Task Start_RunOwnedByAnotherProcess_IsLeftToIt()
    {
        string id;
        await using (var lab = new TestLab(_home))
        {
            id = (await lab.Runs.StartAsync(TestLab.Request(epochs: 1))).Id;
        }

        using var held = RunLock.TryTake(new RunFolder(_home.File("runs"), id));
        await using var other = await new TestLab(_home).StartAsync();
        var free = (await other.Runs.StartAsync(TestLab.Request(epochs: 1))).Id;

        await other.WaitAsync(free, RunState.Completed);
        Assert.Equal(RunState.Queued, other.Runs.Find(id)!.State);
        await Assert.ThrowsAsync<RunConflictException>(() => other.Runs.DeleteAsync(id));
    }

    [Fact]
    public async Task OnChanged_FastRun_IsToldAtAHumanRate()
    {
        await using var lab = await new TestLab(_home).StartAsync();
        var told = 0;
        using var watching = lab.Runs.OnChanged(run => _ = run is { State: RunState.Running } ? Interlocked.Increment(ref told) : 0);
        var id = (await lab.Runs.StartAsync(TestLab.Endless())).Id;
        await lab.WaitForStepAsync(id, 500);
        await lab.Runs.CommandAsync(id, new StopRun());

        Assert.InRange(told, 1, 250);
    }
}

using VitLab.Training;
using VitLab.Web.Runs;

namespace VitLab.Web.Cli;

/// <summary>A run that somebody on the terminal waits for.</summary>
/// <param name="Started">Null when it never got so far.</param>
/// <param name="Trouble">Why it did not go on to its end, for people; null when it did or was stopped.</param>
internal sealed record ForegroundRun(RunRecord Record, RunStarted? Started, RunEnded? Ended, string? Trouble)
{
    /// <summary>Trains a run on the lab's worker and shows how it goes.</summary>
    /// <param name="ct">Stops it, with a checkpoint.</param>
    public static async Task<ForegroundRun> TrainAsync(Lab lab, RunRequest request, CliConsole console, CancellationToken ct)
    {
        var id = (await lab.Runs.StartAsync(request, ct)).Id;
        using var stopping = ct.Register(() => _ = StopAsync(lab.Runs, id));

        var progress = new TrainProgress(console, lab.Runs);
        var started = (RunStarted?)null;
        var ended = (RunEnded?)null;
        var trouble = (string?)null;
        await foreach (var e in lab.Runs.WatchAsync(id, 0, CancellationToken.None))
        {
            progress.Show(id, e.Event);
            started = e.Event as RunStarted ?? started;
            ended = e.Event as RunEnded ?? ended;
            if (e.Event is not RunPaused) continue;
            trouble = await WhyPausedAsync(lab.Runs, id);
            await StopAsync(lab.Runs, id);               // it waits for a person, and nobody can resume it from here
        }

        progress.Finish();
        var run = lab.Runs.Find(id)!;
        return new ForegroundRun(run, started, ended, trouble ?? (run.State == RunState.Failed ? run.Failure : null));
    }

    private static async Task<string?> WhyPausedAsync(RunService runs, string id)
    {
        // The event is told a moment before the record says why.
        var paused = new TaskCompletionSource();
        using var watching = runs.OnChanged(run => _ = run is { State: RunState.Paused } && run.Id == id && paused.TrySetResult());
        if (runs.Find(id) is not { State: RunState.Paused }) await paused.Task.WaitAsync(TimeSpan.FromSeconds(5)).ContinueWith(static _ => { }, TaskScheduler.Default);
        return runs.Find(id)?.Failure;
    }

    private static async Task StopAsync(RunService runs, string id)
    {
        while (runs.Find(id) is { IsOpen: true })
        {
            try
            {
                await runs.CommandAsync(id, new StopRun());
                return;
            }
            catch (RunConflictException)
            {
                // It ended by itself meanwhile, or is still on its way to the worker: its record says which.
            }
        }
    }
}

using System.Globalization;
using VitLab.Experiments;
using VitLab.Training;

namespace VitLab.Web.Runs;

// Commands: to the session that has the run, or to its record while it is at rest.
public partial class RunService
{
    /// <summary>Completes when the command has landed on a step boundary.</summary>
    /// <exception cref="OptionException">A learning rate out of range.</exception>
    /// <exception cref="RunException">No such run, or the command makes no sense in its state.</exception>
    public virtual async Task CommandAsync(string id, RunCommand command, CancellationToken ct = default)
    {
        if (command is RunSteps { Steps: < 1 or > 1_000_000 } steps) throw new RunException("steps", $"steps: expected 1 to 1,000,000, got {steps.Steps}.");
        for (var attempt = 0; ; attempt++)
        {
            var record = _store.Get(id);
            if (!record.IsOpen) throw new RunConflictException("command", $"The run has ended ({record.State}); fork it to go on.");
            if (command is SetLearningRate change) CheckRate(record, change.Rate);
            if (_queue.SessionOf(id)?.TryCommand(command) is { } landing)
            {
                Acknowledge(record, command, landing);
                try
                {
                    await landing.WaitAsync(ct);
                    return;
                }
                catch (SessionOverException)
                {
                    await Task.Yield();                  // it left the worker meanwhile: its record says what to do now
                }
            }
            else if (TryCommandAtRest(record, command, settled: attempt > 100))
            {
                return;
            }
            else
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), ct);   // between worker and queue for a moment
            }
        }
    }

    /// <summary>A run that is validating reaches its next step boundary in a moment only; the page should not look deaf until then.</summary>
    private void Acknowledge(RunRecord record, RunCommand command, Task landing)
    {
        var heard = command switch { PauseRun => "Pausing", StopRun => "Stopping", _ => null };
        if (heard is not null && record is { State: RunState.Running, Activity: null } && !landing.IsCompleted) _context.Announce(record.Id, r => r.State == RunState.Running ? r with { Activity = heard } : r);
    }

    /// <summary>A command to a run that is queued, or paused and not on the worker.</summary>
    /// <param name="settled">It has been neither waiting nor on the worker for a while: nobody else will move it.</param>
    /// <returns>False when it has just moved to the worker.</returns>
    private bool TryCommandAtRest(RunRecord record, RunCommand command, bool settled)
    {
        if (RunLock.IsHeld(_store.Folder(record.Id)))
        {
            return settled ? throw new RunConflictException("command", $"Run '{record.Id}' is being trained by another process.") : false;
        }

        var waiting = command is PauseRun or StopRun ? _queue.Remove(record.Id) : _queue.Contains(record.Id);
        if (!waiting && !settled && record.State != RunState.Paused) return false;
        switch (command)
        {
            case StopRun:
                End(record);
                break;
            case PauseRun:
                _context.Change(record.Id, r => r with { State = RunState.Paused });
                break;
            case SetLearningRate change:
                _context.Change(record.Id, r => r with { PendingRate = change.Rate });
                break;
            case ResumeRun or RunSteps:
                _context.Change(record.Id, r => r with { State = RunState.Queued, StepsUntilPause = (command as RunSteps)?.Steps, Failure = null });
                if (!waiting) _queue.Add(record.Id, first: true);
                break;
        }

        return true;
    }

    private void End(RunRecord record)
    {
        using (var log = new EventLog(_store.Folder(record.Id).Events, _store.Files, _store.Clock))
        {
            var stream = _streams.Of(record);
            stream.Attach(log);
            stream.Publish(new RunEnded(record.Step, RunOutcome.Stopped, null, null));
            stream.Detach();
        }

        _context.Change(record.Id, r => r with { State = RunState.Stopped, Ended = _store.Clock.GetUtcNow(), StepsUntilPause = null });
        _streams.End(record.Id);
    }

    private static void CheckRate(RunRecord record, double rate)
    {
        var schema = OptionSchema.Of(ExperimentCatalog.Find(record.Experiment));
        schema.With(record.Options, "learningRate", rate.ToString("R", CultureInfo.InvariantCulture));
    }
}

using VitLab.Experiments;
using VitLab.Training;

namespace VitLab.Web.Runs;

// What the trainer tells becomes events, the record's figures and checkpoints.
internal sealed partial class RunSession
{
    private static readonly TimeSpan s_progressInterval = TimeSpan.FromMilliseconds(100);

    private Evaluation? _validation;
    private long _checkpointed;
    private long _reported;

    private void Tell(TrainingEvent happened)
    {
        if (happened is RunEnded ended)
        {
            End(ended);
            return;
        }

        _stream.Publish(happened);
        switch (happened)
        {
            case RunStarted started:
                _context.Change(Id, r => r with { Step = started.Step, TotalSteps = started.TotalSteps, Parameters = started.Parameters, DataDescription = started.Data, PendingRate = null });
                if (_pendingRate is { } rate) _trainer!.SetLearningRate(rate);
                if (started.Step == 0) SaveLast();       // from here on there is always something to go back to
                break;
            case StepCompleted step:
                OnStep(step);
                break;
            case ValidationCompleted validation:
                _validation = validation.Evaluation;
                _context.Progress(Id, r => Measured(r) with { Last = Metrics(validation.Evaluation) });
                break;
            case EpochCompleted { IsBest: true } epoch when _validation is { } best:
                SaveBest();
                _context.Change(Id, r => Measured(r) with { Best = Metrics(best), BestEpoch = epoch.Epoch });
                break;
            case EpochCompleted:
                _context.Change(Id, Measured);
                break;
        }
    }

    private void OnStep(StepCompleted step)
    {
        if (_context.Clock.GetElapsedTime(_reported) >= s_progressInterval)
        {
            _reported = _context.Clock.GetTimestamp();
            _context.Progress(Id, r => Measured(r) with { LearningRate = step.Rate, ImagesPerSecond = step.ImagesPerSecond });
        }

        if (_budget is { } budget && (_budget = budget - 1) <= 0) Pause(reason: null);
        var due = TimeSpan.FromSeconds(_trainer!.Plan.Options.CheckpointSeconds);
        if (_trainer.IsAtBoundary && !_paused && _context.Clock.GetElapsedTime(_checkpointed) >= due && !_checkpoints.IsBusy) SaveLast();
    }

    private void Finish(RunEnded ended)
    {
        // A failed run keeps its last good checkpoint: what is in memory now may be what failed.
        if (ended.Outcome != RunOutcome.Failed) SaveLast();
        if (ended.Outcome == RunOutcome.Completed) SaveBest();   // again, now that its metrics on the test split are known
        _checkpoints.Wait();
        var reason = ended.Outcome == RunOutcome.Failed ? ended.Reason : (_checkpoints.Trouble is { } trouble ? $"The last checkpoint could not be written: {trouble.Message}" : null);
        if (_log is not null) _stream.Publish(ended);
        _context.Change(Id, r => Measured(r) with
        {
            State = ended.Outcome switch { RunOutcome.Completed => RunState.Completed, RunOutcome.Stopped => RunState.Stopped, _ => RunState.Failed },
            Ended = _context.Clock.GetUtcNow(),
            Test = ended.Test,
            Failure = reason,
            Activity = null,
            StepsUntilPause = null,
        });
        _log?.TryFlush();
        _context.Streams.End(Id);
    }

    private void Leave()
    {
        if (!_paused) SaveLast();
        _checkpoints.Wait();
        _context.Change(Id, r => Measured(r) with { Activity = null, StepsUntilPause = _budget });
    }

    private void SaveLast()
    {
        if (_trainer is null) return;
        _checkpointed = _context.Clock.GetTimestamp();
        _checkpoints.Write(_trainer.Capture(), "last");
    }

    private void SaveBest()
    {
        if (_trainer?.CaptureBest() is { } best) _checkpoints.Write(best, "best");
    }

    private void OnSaved(Checkpoint checkpoint, string name)
    {
        _stream.Publish(new CheckpointSaved(checkpoint.Info.Step, name));
        _log?.TryFlush();
        _context.Store.Update(Id, record => record);
    }

    private RunRecord Measured(RunRecord record) => _trainer is null ? record : record with
    {
        Step = _trainer.Step,
        Epoch = _trainer.Epoch,
        TotalSteps = _trainer.TotalSteps,
        ActiveSeconds = _trainer.ActiveSeconds,
    };

    private static Dictionary<string, double> Metrics(Evaluation evaluation) => new(evaluation.Metrics) { ["loss"] = evaluation.Loss };
}

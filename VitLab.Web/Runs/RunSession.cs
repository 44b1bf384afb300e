using VitLab.Data;
using VitLab.Experiments;
using VitLab.Models;
using VitLab.Training;

namespace VitLab.Web.Runs;

/// <summary>
/// One run on the worker, from its start or its checkpoint to its end, on a thread of its own (dispose scopes belong to a thread).
/// Everything from outside arrives through the inbox and lands between two steps. Paused, it sleeps on the inbox; it ends early when
/// the host shuts down, or when it is paused and another run wants the worker.
/// </summary>
internal sealed class RunSession : IDisposable
{
    private static readonly TimeSpan s_progressInterval = TimeSpan.FromMilliseconds(100);

    private readonly RunContext _context;
    private readonly RunFolder _folder;
    private readonly RunEventStream _stream;
    private readonly RunInbox _inbox = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _loading = new();
    private readonly CheckpointWriter _checkpoints;
    private EventLog? _log;
    private Trainer? _trainer;
    private Evaluation? _validation;
    private double? _pendingRate;
    private int? _budget;
    private bool _paused;
    private bool _stopping;
    private volatile bool _giveWay;
    private volatile bool _shutdown;
    private long _checkpointed;
    private long _reported;

    public RunSession(RunRecord record, RunContext context)
    {
        (Id, _context) = (record.Id, context);
        _folder = context.Store.Folder(record.Id);
        _stream = context.Streams.Of(record);
        _checkpoints = new CheckpointWriter(_folder, context.Store.Files, () => _log?.TryFlush(), OnSaved);
        (_budget, _pendingRate) = (record.StepsUntilPause, record.PendingRate);
    }

    public string Id { get; }

    /// <summary>Completes, without an error, when the thread is done and the record says how it ended.</summary>
    public Task Completion => _completion.Task;

    public void Start() => new Thread(Run) { Name = $"run {Id}", IsBackground = true }.Start();

    /// <returns>Null when the session is over.</returns>
    public Task? TryCommand(RunCommand command) => _inbox.TryPost(() =>
    {
        Obey(command);
        return true;
    });

    /// <summary>Has something read or captured between two steps.</summary>
    /// <returns>Null when the session is over.</returns>
    /// <exception cref="SessionOverException">When it ended, or nothing is loaded yet, before the request landed.</exception>
    public Task<T>? TryAsk<T>(Func<Trainer, T> question) => _inbox.TryPost(() => question(_trainer ?? throw new SessionOverException()));

    /// <summary>Another run waits: if this one is paused, it leaves.</summary>
    public void GiveWay()
    {
        _giveWay = true;
        _inbox.Poke();
    }

    /// <summary>The host goes down: leaves at the next step boundary with a checkpoint, in the state it is in.</summary>
    public void Shutdown()
    {
        _shutdown = true;
        _inbox.Poke();
    }

    /// <summary>After <see cref="Completion"/>.</summary>
    public void Dispose()
    {
        _inbox.Dispose();
        _loading.Dispose();
        _log?.Dispose();
        _trainer?.Dispose();
    }

    private bool IsLeaving => _shutdown || (_giveWay && _paused && !_stopping);

    private void Run()
    {
        try
        {
            TrainOrFail();
        }
        catch (Exception e)
        {
            _context.Logger.LogError(e, "Run {Run} could not even fail", Id);
        }
        finally
        {
            _inbox.Close();
            _checkpoints.Wait();
            _stream.Detach();                            // closes the log
            _trainer?.Dispose();
            _completion.SetResult();
        }
    }

    private void TrainOrFail()
    {
        try
        {
            using var held = RunLock.TryTake(_folder);
            if (held is null)
            {
                _context.Logger.LogWarning("Run {Run} is being trained by another process and is left to it.", Id);
                return;
            }

            _log = new EventLog(_folder.Events, _context.Store.Files, _context.Clock);
            _stream.Attach(_log);
            Train();
        }
        catch (Exception e) when (e is DataException or CheckpointException or OptionException)
        {
            Finish(new RunEnded(_trainer?.Step ?? 0, RunOutcome.Failed, e.Message, null));
        }
        catch (Exception e) when (RunFiles.IsDiskTrouble(e) && _log is null)
        {
            _context.Logger.LogError("Run {Run} cannot write its events: {Reason}", Id, e.Message);
            _context.Change(Id, record => record with { State = RunState.Paused, Activity = null, Failure = $"Its folder cannot be written: {e.Message}" });
        }
        catch (Exception e)
        {
            _context.Logger.LogError(e, "Run {Run} failed unexpectedly", Id);
            Finish(new RunEnded(_trainer?.Step ?? 0, RunOutcome.Failed, $"Unexpected: {e.Message}", null));
        }
    }

    private void Train()
    {
        var record = _context.Change(Id, r => r with { State = RunState.Running, Started = r.Started ?? _context.Clock.GetUtcNow(), Failure = null, Activity = $"Loading {r.Options.Data}" });
        if (LoadOrGenerate(ref record) is not { } data)
        {
            if (_stopping) Finish(new RunEnded(record.Step, RunOutcome.Stopped, null, null));
            return;
        }

        _trainer = new Trainer(Plan(record, data));
        _context.Progress(Id, r => r with { Activity = null });
        _checkpointed = _context.Clock.GetTimestamp();

        using var events = _trainer.Run().GetEnumerator();
        while (ReachBoundary() && events.MoveNext())
        {
            Tell(events.Current);
            while (events.Current is ValidationCompleted { Whole: true } && events.MoveNext()) Tell(events.Current);   // its epoch belongs to it: nobody leaves in between
        }

        if (IsLeaving) Leave();
    }

    /// <summary>The run's data, or pen digits when nobody insisted on MNIST and it is not to be had.</summary>
    private ImageSplits? LoadOrGenerate(ref RunRecord record)
    {
        try
        {
            return Load(record);
        }
        catch (DataException e) when (record is { LeavesDataOpen: true, Step: 0 } && _context.Data.IsMissing(record.Options.Data))
        {
            _context.Logger.LogWarning("Run {Run} takes pen digits: {Reason}", Id, e.Message);
            record = _context.Change(Id, r => r with { Options = r.Options with { Data = LabData.Generated }, Activity = "MNIST is not to be had; drawing pen digits" });
            return Load(record);
        }
    }

    /// <returns>Null when the run is to stop or leave instead.</returns>
    private ImageSplits? Load(RunRecord record)
    {
        var loading = _context.Data.LoadAsync(record.Options.Data, record.Options.Seed, activity => _context.Progress(Id, r => r with { Activity = activity }), _loading.Token);
        loading.ContinueWith(_ => _inbox.Poke(), TaskScheduler.Default);
        while (!loading.IsCompleted && !_stopping && !IsLeaving)
        {
            _inbox.Wait();
            _inbox.Land();
        }

        if (!_stopping && !IsLeaving) return loading.GetAwaiter().GetResult();
        _loading.Cancel();
        return null;
    }

    private TrainingPlan Plan(RunRecord record, ImageSplits data)
    {
        var plan = new TrainingPlan(ExperimentCatalog.Find(record.Experiment), record.Preset, record.Options, data) { Command = record.Command };
        foreach (var torn in Directory.EnumerateFiles(_folder.Checkpoints, "*.tmp")) File.Delete(torn);   // a kill during a write leaves one
        if (File.Exists(_folder.Checkpoint("last"))) return plan with { Resume = Checkpoint.Load(_folder.Checkpoint("last")) };
        if (File.Exists(_folder.Origin)) return plan with { TransferFrom = Checkpoint.Load(_folder.Origin) };
        return plan;
    }

    /// <summary>Lets requests land; sleeps here while paused.</summary>
    /// <returns>False when the session is to leave.</returns>
    private bool ReachBoundary()
    {
        while (true)
        {
            _inbox.Land();
            if (!_paused && !_stopping && Trouble() is { } trouble) Pause(trouble);
            if (IsLeaving) return false;
            if (!_paused || _stopping) return true;
            _inbox.Wait();
        }
    }

    private string? Trouble() => (_checkpoints.Trouble ?? _log?.Trouble) is { } e ? $"Paused because the run's folder cannot be written: {e.Message}" : null;

    private void Obey(RunCommand command)
    {
        switch (command)
        {
            case PauseRun:
                if (!_paused && !_stopping) Pause(reason: null);
                break;
            case ResumeRun:
                _budget = null;
                Resume();
                break;
            case RunSteps steps:
                _budget = steps.Steps;
                Resume();
                break;
            case StopRun:
                _stopping = true;
                _trainer?.RequestStop();
                break;
            case SetLearningRate change:
                if (_trainer is not null) _trainer.SetLearningRate(change.Rate);
                else _pendingRate = change.Rate;
                break;
            default:
                throw new RunException("command", $"command: {command.GetType().Name} is not known.");
        }
    }

    private void Pause(string? reason)
    {
        (_paused, _budget) = (true, null);
        if (_trainer is not null) _stream.Publish(new RunPaused(_trainer.Step));
        SaveLast();
        _context.Change(Id, r => Measured(r) with { State = RunState.Paused, StepsUntilPause = null, Activity = null, Failure = reason });
    }

    private void Resume()
    {
        if (_trainer is not null && Trouble() is not null)
        {
            // Look whether there is room again before going on.
            SaveLast();
            _checkpoints.Wait();
            _log!.TryFlush();
            if (Trouble() is { } trouble) throw new RunConflictException("command", trouble);
        }

        if (_paused && _trainer is not null) _stream.Publish(new RunResumed(_trainer.Step));
        _paused = false;
        _context.Change(Id, r => r with { State = RunState.Running, StepsUntilPause = _budget, Failure = null });
    }

    private void Tell(TrainingEvent happened)
    {
        if (happened is RunEnded ended)
        {
            Finish(ended);
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
        if (!_paused && _context.Clock.GetElapsedTime(_checkpointed) >= due && !_checkpoints.IsBusy) SaveLast();
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

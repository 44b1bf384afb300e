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
internal sealed partial class RunSession : IDisposable
{
    private readonly RunContext _context;
    private readonly RunFolder _folder;
    private readonly RunEventStream _stream;
    private readonly RunInbox _inbox = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CheckpointWriter _checkpoints;
    private EventLog? _log;
    private TrainingPlan? _plan;
    private Trainer? _trainer;
    private double? _pendingRate;
    private int? _budget;
    private bool _paused;
    private bool _stopping;
    private volatile bool _giveWay;
    private volatile bool _shutdown;

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
        catch (Exception e) when (OutOfMemory.Is(e) && _plan is not null)
        {
            Finish(new RunEnded(_trainer?.Step ?? 0, RunOutcome.Failed, OutOfMemory.Advice(_plan), null));
        }
        catch (Exception e)
        {
            _context.Logger.LogError(e, "Run {Run} failed unexpectedly", Id);
            Finish(new RunEnded(_trainer?.Step ?? 0, RunOutcome.Failed, $"Unexpected: {e.Message}", null));
        }
    }

    private void Train()
    {
        var record = _context.Change(Id, r => r with { State = RunState.Running, Started = r.Started ?? _context.Clock.GetUtcNow(), Failure = null, Placement = Placement.Of(r.Device), Activity = $"Loading {r.Options.Data}" });
        if (record.Placement is { Missing: { } missing, Device: var device }) _context.Logger.LogWarning("Run {Run} asks for {Missing}, which is not on this machine; it computes on {Device}.", Id, missing, device);
        if (LoadOrGenerate(ref record) is not { } data)
        {
            if (_stopping) Finish(new RunEnded(record.Step, RunOutcome.Stopped, null, null));
            return;
        }

        var plan = _plan = Plan(record, data);
        if (record.Teaching is { Before: null } && !MeasureBefore(plan))
        {
            if (_stopping) Finish(new RunEnded(record.Step, RunOutcome.Stopped, null, null));
            return;
        }

        _trainer = new Trainer(plan);
        _context.Progress(Id, r => r with { Activity = null });
        _checkpointed = _context.Clock.GetTimestamp();

        using var events = _trainer.Run(IsAwaited).GetEnumerator();
        while (ReachBoundary() && events.MoveNext())
        {
            Tell(events.Current);
            while (!_trainer.IsAtBoundary && events.MoveNext()) Tell(events.Current);
        }

        if (IsLeaving) Leave();
    }

    // What was taken has to be told before anything can land, and no step goes beyond those that were asked for.
    private bool IsAwaited() => _shutdown || _inbox.HasWork || _budget <= _trainer!.StepsUntold;

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
}

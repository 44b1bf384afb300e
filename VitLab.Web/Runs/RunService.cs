using System.Globalization;
using System.Text.Json;
using VitLab.Experiments;
using VitLab.Models;
using VitLab.Training;
using VitLab.Vision;

namespace VitLab.Web.Runs;

/// <summary>
/// The lab's runs, in process: pages, hub, API and command line all speak to this. Methods are virtual so that component tests can
/// put a hand-written double in its place.
/// </summary>
public class RunService
{
    public const int LongestQueue = 100;
    public const int LongestName = 100;
    public const int LongestNote = 10_000;

    private readonly RunStore _store;
    private readonly RunQueue _queue;
    private readonly RunStreams _streams;
    private readonly RunContext _context;
    private readonly RunNotifier _notifier;
    private readonly CheckpointLocator _checkpoints;
    private readonly ICorrectedDrawings _corrections;

    internal RunService(RunStore store, RunQueue queue, RunStreams streams, RunContext context, RunNotifier notifier, CheckpointLocator checkpoints, ICorrectedDrawings corrections) =>
        (_store, _queue, _streams, _context, _notifier, _checkpoints, _corrections) = (store, queue, streams, context, notifier, checkpoints, corrections);

    /// <summary>For doubles that override everything they are asked.</summary>
    protected RunService() => (_store, _queue, _streams, _context, _notifier, _checkpoints, _corrections) = (null!, null!, null!, null!, null!, null!, null!);

    /// <summary>Newest first.</summary>
    public virtual IReadOnlyList<RunRecord> List() => _store.List();

    /// <summary>Folders that cannot be read as runs, and why.</summary>
    public virtual IReadOnlyList<UnreadableRun> Unreadable() => _store.Unreadable();

    /// <summary>Deleted runs that can be restored, newest first.</summary>
    public virtual IReadOnlyList<RunRecord> Deleted() => _store.Deleted();

    public virtual RunRecord? Find(string id) => _store.Find(id);

    /// <summary>Queues a run; it starts when the runs before it are done.</summary>
    /// <exception cref="OptionException">Names the field that is wrong: experiment, preset or an option.</exception>
    /// <exception cref="RunException">The weights to start from do not exist, or the queue is full.</exception>
    public virtual async Task<RunRecord> StartAsync(RunRequest request, CancellationToken ct = default)
    {
        var experiment = ExperimentCatalog.Find(request.Experiment ?? "");
        var preset = experiment.FindPreset(request.Preset);
        var options = OptionSchema.Read(experiment, OptionOverrides.Fit(request.Options ?? default, preset.Options), preset.Options);
        var origin = string.IsNullOrEmpty(request.From) ? null : _checkpoints.Find(request.From);
        return await CreateAsync(
            new RunRecord("", CheckName(request.Name ?? ""), experiment.Id, preset.Id, options, RunState.Queued, _store.Clock.GetUtcNow())
            {
                LeavesDataOpen = request.LeavesDataOpen,
                Command = request.Command ?? CommandFor(experiment.Id, preset, options, request.From),
            },
            origin, mayContinue: false, ct);
    }

    /// <summary>A new run that goes on from a checkpoint of this one, with some options changed.</summary>
    /// <param name="checkpoint">"last", "best" or "step-N". With training state inside it goes on at its step; weights alone start at step 0.</param>
    /// <param name="overrides">Object of option keys, or null.</param>
    public virtual async Task<RunRecord> ForkAsync(string id, string checkpoint, JsonElement? overrides = null, CancellationToken ct = default)
    {
        var parent = _store.Get(id);
        var experiment = ExperimentCatalog.Find(parent.Experiment);
        var options = OptionSchema.Read(experiment, overrides ?? default, parent.Options);
        var origin = _checkpoints.Find($"{id}/{checkpoint}");
        return await CreateAsync(
            new RunRecord("", CheckName($"{parent.Name[..Math.Min(parent.Name.Length, LongestName - 5)]} fork"), parent.Experiment, parent.Preset, options, RunState.Queued, _store.Clock.GetUtcNow())
            {
                Command = CommandFor(experiment.Id, experiment.FindPreset(parent.Preset), options, $"{id}/{checkpoint}"),
            },
            origin, mayContinue: true, ct);
    }

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

    public virtual Task<RunRecord> RenameAsync(string id, string name)
    {
        _store.Get(id);
        var checkedName = CheckName(name);
        return Task.FromResult(_context.Change(id, record => record with { Name = checkedName.Length == 0 ? id : checkedName }));
    }

    public virtual Task<RunRecord> NoteAsync(string id, string note)
    {
        _store.Get(id);
        if (note.Length > LongestNote) throw new RunException("note", $"note: at most {LongestNote} characters, got {note.Length}.");
        return Task.FromResult(_context.Change(id, record => record with { Note = note }));
    }

    /// <summary>Stops the run when it is training and moves its folder to the trash, from where <see cref="RestoreAsync"/> brings it back.</summary>
    public virtual async Task DeleteAsync(string id)
    {
        var record = _store.Get(id);
        if (_queue.SessionOf(id) is { } session)
        {
            if (session.TryCommand(new StopRun()) is { } landing) await landing.ContinueWith(static _ => { }, TaskScheduler.Default);
            await session.Completion;
        }
        else if (RunLock.IsHeld(_store.Folder(id)))
        {
            throw new RunConflictException("id", $"Run '{id}' is being trained by another process; stop it there first.");
        }
        else if (record.State == RunState.Queued)
        {
            await CommandAsync(id, new StopRun());
        }

        _queue.Remove(id);
        _streams.End(id);
        _store.MoveToTrash(id);
        _context.ListChanged();
    }

    public virtual Task<RunRecord> RestoreAsync(string id)
    {
        var record = _store.Restore(id);
        _context.ListChanged();
        return Task.FromResult(record);
    }

    public virtual IReadOnlyList<CheckpointFile> Checkpoints(string id) => _checkpoints.List(_store.Get(id).Id);

    /// <summary>
    /// Calls back with the run that changed, or with null when runs came or went: state changes at once, progress at most five times
    /// a second. Called on any thread; must not block.
    /// </summary>
    public virtual IDisposable OnChanged(Action<RunRecord?> callback) => _notifier.Subscribe(callback);

    /// <summary>Every event after <paramref name="after"/> exactly once, in order: history first, then live. Ends when the run has ended.</summary>
    /// <exception cref="RunNotFoundException">No such run.</exception>
    public virtual IAsyncEnumerable<SequencedEvent> WatchAsync(string id, long after, CancellationToken ct) => _streams.Of(_store.Get(id)).WatchAsync(after, ct);

    /// <summary>At most <paramref name="limit"/> events after a sequence number, without waiting for more.</summary>
    public virtual IReadOnlyList<SequencedEvent> Events(string id, long after, int limit) => [.. _streams.Of(_store.Get(id)).History(after).Take(limit)];

    /// <summary>Has a live run's thread read or capture something between two steps; null when the run is not on the worker.</summary>
    internal virtual async Task<T?> AskAsync<T>(string id, Func<Trainer, T> question, CancellationToken ct) where T : class
    {
        if (_queue.SessionOf(id)?.TryAsk(question) is not { } asked) return null;
        try
        {
            return await asked.WaitAsync(ct);
        }
        catch (SessionOverException)
        {
            return null;
        }
    }

    private async Task<RunRecord> CreateAsync(RunRecord draft, FoundCheckpoint? origin, bool mayContinue, CancellationToken ct)
    {
        if (_queue.Count >= LongestQueue) throw new RunConflictException("queue", $"{LongestQueue} runs are waiting already; stop or delete some first.");
        ct.ThrowIfCancellationRequested();
        var corrections = draft.Options.CorrectionShare > 0 ? CorrectionsFor(draft, mayContinue ? origin : null) : [];
        var record = await Task.Run(() => _store.Create(id => Prepare(draft with { Id = id, Name = draft.Name.Length == 0 ? id : draft.Name }, origin, mayContinue, corrections)), ct);
        _context.ListChanged();
        _queue.Add(record.Id);
        return record;
    }

    /// <summary>The drawings a run with a correction share learns: those of the run it goes on from, or the lab's of now.</summary>
    private IReadOnlyList<Drawing> CorrectionsFor(RunRecord draft, FoundCheckpoint? continued)
    {
        if (continued is not null && _store.Find(continued.Source) is { Options.CorrectionShare: > 0 } parent) return CorrectionSnapshot.Drawings(_store.Folder(parent.Id));
        if (!ExperimentCatalog.Find(draft.Experiment).LearnsCorrections(draft.Options)) throw new OptionException("correctionShare", $"expected 0: corrections are digits, and {draft.Experiment} learns other pictures.");
        return _corrections.Drawings is { Count: > 0 } drawings ? drawings
            : throw new OptionException("correctionShare", "expected 0: there are no corrections yet. Draw a digit, and where it is misread say what it is.");
    }

    /// <summary>Copies what a run starts from into its folder, checkpoint and corrections: the originals may change or go.</summary>
    private RunRecord Prepare(RunRecord record, FoundCheckpoint? origin, bool mayContinue, IReadOnlyList<Drawing> corrections)
    {
        var folder = _store.Folder(record.Id);
        if (corrections.Count > 0)
        {
            _store.Files.CreateFolder(folder.Checkpoints);
            CorrectionSnapshot.Write(folder, _store.Files, corrections);
        }

        if (origin is null) return record;
        var checkpoint = Checkpoint.Load(origin.Path);
        var continues = mayContinue && checkpoint.IsResumable;
        _store.Files.CreateFolder(folder.Checkpoints);
        _store.Files.Save(continues ? checkpoint : checkpoint.WeightsOnly(), continues ? folder.Checkpoint("last") : folder.Origin);
        return record with
        {
            Origin = new RunOrigin(origin.Source, origin.Name, checkpoint.Info.Step, continues),
            Teaching = corrections.Count > 0 && checkpoint.Info.Experiment == record.Experiment ? new Teaching(origin.Source, corrections.Count) : null,
            Step = continues ? checkpoint.Info.Step : 0,
            Epoch = continues ? checkpoint.Info.Epoch : 0,
        };
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

    private static string CheckName(string name) => name.Trim() is { Length: <= LongestName } trimmed && !trimmed.Any(char.IsControl) ? trimmed
        : throw new RunException("name", $"name: at most {LongestName} characters, none of them control characters.");

    private static string CommandFor(string experiment, ExperimentPreset preset, TrainingOptions options, string? from)
    {
        var schema = OptionSchema.Of(options.GetType());
        var changed = schema.Fields.Where(field => !field.Get(options).Equals(field.Get(preset.Options))).Select(field => $" --set {field.Key}={field.GetText(options)}");
        return $"VitLab.Web train {experiment} --preset {preset.Id}{string.Concat(changed)}{(string.IsNullOrEmpty(from) ? "" : $" --from {from}")}";
    }
}

/// <param name="Reason">What is wrong with the folder, for people.</param>
public sealed record UnreadableRun(string Id, string Reason);

/// <param name="Name">"last", "best" or "step-N".</param>
public sealed record CheckpointFile(string Name, long Step, long Bytes, DateTimeOffset Saved);

using VitLab.Experiments;
using VitLab.Training;

namespace VitLab.Web.Runs;

/// <summary>
/// The lab's runs, in process: pages, hub, API and command line all speak to this. Methods are virtual so that component tests can
/// put a hand-written double in its place.
/// </summary>
public partial class RunService
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

    private static string CheckName(string name) => name.Trim() is { Length: <= LongestName } trimmed && !trimmed.Any(char.IsControl) ? trimmed
        : throw new RunException("name", $"name: at most {LongestName} characters, none of them control characters.");
}

/// <param name="Reason">What is wrong with the folder, for people.</param>
public sealed record UnreadableRun(string Id, string Reason);

/// <param name="Name">"last", "best" or "step-N".</param>
public sealed record CheckpointFile(string Name, long Step, long Bytes, DateTimeOffset Saved);

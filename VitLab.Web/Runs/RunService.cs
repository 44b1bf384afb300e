using System.Runtime.CompilerServices;
using System.Text.Json;

namespace VitLab.Web.Runs;

/// <summary>
/// The lab's runs, in process: pages, hub, API and command line all speak to this. Methods are virtual so that component tests can
/// put a hand-written double in its place.
/// </summary>
public class RunService
{
    /// <summary>Newest first.</summary>
    public virtual IReadOnlyList<RunRecord> List() => throw new NotImplementedException();

    /// <summary>Folders that cannot be read as runs, and why.</summary>
    public virtual IReadOnlyList<UnreadableRun> Unreadable() => throw new NotImplementedException();

    /// <summary>Deleted runs that can be restored, newest first.</summary>
    public virtual IReadOnlyList<RunRecord> Deleted() => throw new NotImplementedException();

    public virtual RunRecord? Find(string id) => throw new NotImplementedException();

    /// <summary>Queues a run; it starts when the runs before it are done.</summary>
    /// <exception cref="RunException">Names the field that is wrong.</exception>
    /// <exception cref="RunException">The weights to start from do not exist, or the queue is full.</exception>
    public virtual Task<RunRecord> StartAsync(RunRequest request, CancellationToken ct = default) => throw new NotImplementedException();

    /// <summary>Completes when the command has landed on a step boundary.</summary>
    /// <exception cref="RunException">No such run, or the command makes no sense in its state.</exception>
    public virtual Task CommandAsync(string id, RunCommand command, CancellationToken ct = default) => throw new NotImplementedException();

    public virtual Task<RunRecord> RenameAsync(string id, string name) => throw new NotImplementedException();

    public virtual Task<RunRecord> NoteAsync(string id, string note) => throw new NotImplementedException();

    /// <summary>Stops the run when it is open and moves its folder to the trash, from where <see cref="RestoreAsync"/> brings it back.</summary>
    public virtual Task DeleteAsync(string id) => throw new NotImplementedException();

    public virtual Task<RunRecord> RestoreAsync(string id) => throw new NotImplementedException();

    /// <summary>A new run that goes on from a checkpoint of this one, with some options changed.</summary>
    /// <param name="checkpoint">"last", "best" or "step-N".</param>
    /// <param name="overrides">Object of option keys, or null.</param>
    public virtual Task<RunRecord> ForkAsync(string id, string checkpoint, JsonElement? overrides = null, CancellationToken ct = default) => throw new NotImplementedException();

    public virtual IReadOnlyList<CheckpointFile> Checkpoints(string id) => throw new NotImplementedException();

    /// <summary>
    /// Calls back with the run that changed, or with null when runs came or went: state changes at once, progress at most five times
    /// a second. Called on any thread; must not block.
    /// </summary>
    public virtual IDisposable OnChanged(Action<RunRecord?> callback) => throw new NotImplementedException();

    /// <summary>Every event after <paramref name="after"/> exactly once, in order: history first, then live. Ends when the run has ended.</summary>
    public virtual async IAsyncEnumerable<SequencedEvent> WatchAsync(string id, long after, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        yield break;
    }
}

/// <param name="Reason">What is wrong with the folder, for people.</param>
public sealed record UnreadableRun(string Id, string Reason);

/// <param name="Name">"last", "best" or "step-N".</param>
public sealed record CheckpointFile(string Name, long Step, long Bytes, DateTimeOffset Saved);

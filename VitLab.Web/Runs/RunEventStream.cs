using System.Runtime.CompilerServices;
using System.Threading.Channels;
using VitLab.Training;

namespace VitLab.Web.Runs;

/// <summary>
/// The events of one open run, for any number of watchers: register, then history from the file, then the live tail. A watcher that
/// falls behind loses its oldest waiting events and reads them from the file instead, so it can neither block the run nor fill memory.
/// </summary>
internal sealed class RunEventStream(string path)
{
    private const int WaitingEvents = 1024;

    private readonly Lock _gate = new();
    private Channel<SequencedEvent>[] _watchers = [];
    private EventLog? _log;
    private bool _ended;

    /// <summary>The run's session writes here while it lives.</summary>
    public void Attach(EventLog log)
    {
        lock (_gate) _log = log;
    }

    public void Detach()
    {
        lock (_gate)
        {
            _log?.Dispose();
            _log = null;
        }
    }

    public SequencedEvent Publish(TrainingEvent happened)
    {
        lock (_gate)
        {
            var e = (_log ?? throw new InvalidOperationException("The run has no session to write its events.")).Append(happened);
            foreach (var watcher in _watchers) watcher.Writer.TryWrite(e);
            return e;
        }
    }

    /// <summary>No more events: watchers read what is left and end.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            foreach (var watcher in _watchers) watcher.Writer.TryComplete();
        }
    }

    public async IAsyncEnumerable<SequencedEvent> WatchAsync(long after, [EnumeratorCancellation] CancellationToken ct)
    {
        var channel = Channel.CreateBounded<SequencedEvent>(new BoundedChannelOptions(WaitingEvents) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        Register(channel);                               // first, so nothing falls between history and tail
        try
        {
            foreach (var e in History(after))
            {
                ct.ThrowIfCancellationRequested();
                after = e.Sequence;
                yield return e;
            }

            await foreach (var tail in channel.Reader.ReadAllAsync(ct))
            {
                if (tail.Sequence > after + 1)           // dropped while this watcher was slow
                {
                    foreach (var e in History(after).TakeWhile(e => e.Sequence < tail.Sequence))
                    {
                        after = e.Sequence;
                        yield return e;
                    }
                }

                if (tail.Sequence <= after) continue;
                after = tail.Sequence;
                yield return tail;
            }
        }
        finally
        {
            Unregister(channel);
        }
    }

    /// <summary>What has happened after a sequence number, from the file and from what is not in it yet.</summary>
    public IEnumerable<SequencedEvent> History(long after)
    {
        EventLog? log;
        lock (_gate) log = _log;
        if (log is null) return EventLogReader.Read(path, after);

        log.TryFlush();
        var (length, unflushed) = log.Snapshot();
        return EventLogReader.Read(path, after, length).Concat(unflushed.Where(e => e.Sequence > after));
    }

    private void Register(Channel<SequencedEvent> channel)
    {
        lock (_gate)
        {
            _watchers = [.. _watchers, channel];
            if (_ended) channel.Writer.TryComplete();
        }
    }

    private void Unregister(Channel<SequencedEvent> channel)
    {
        lock (_gate) _watchers = [.. _watchers.Where(watcher => watcher != channel)];
    }
}

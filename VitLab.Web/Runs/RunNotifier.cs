namespace VitLab.Web.Runs;

/// <summary>
/// Tells subscribers what changed: at once for what people do, at most five times a second and run for progress. A late progress
/// report is never lost: the newest one follows when the interval is over.
/// </summary>
internal sealed class RunNotifier(TimeProvider clock)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, RunRecord> _waiting = [];
    private Action<RunRecord?>[] _callbacks = [];
    private ITimer? _timer;
    private long _last;

    public IDisposable Subscribe(Action<RunRecord?> callback)
    {
        lock (_gate) _callbacks = [.. _callbacks, callback];
        return new Subscription(this, callback);
    }

    public void Changed(RunRecord? record)
    {
        lock (_gate)
        {
            if (record is not null) _waiting.Remove(record.Id);
        }

        Tell(record);
    }

    public void Progressed(RunRecord record)
    {
        lock (_gate)
        {
            var passed = clock.GetElapsedTime(_last);
            _waiting[record.Id] = record;
            if (passed < s_interval)
            {
                _timer ??= clock.CreateTimer(_ => TellWaiting(), null, s_interval - passed, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        TellWaiting();
    }

    private void TellWaiting()
    {
        RunRecord[] records;
        lock (_gate)
        {
            _timer?.Dispose();
            _timer = null;
            _last = clock.GetTimestamp();
            records = [.. _waiting.Values];
            _waiting.Clear();
        }

        foreach (var record in records) Tell(record);
    }

    private void Tell(RunRecord? record)
    {
        foreach (var callback in _callbacks) callback(record);
    }

    private sealed class Subscription(RunNotifier notifier, Action<RunRecord?> callback) : IDisposable
    {
        public void Dispose()
        {
            lock (notifier._gate)
            {
                var index = Array.IndexOf(notifier._callbacks, callback);
                if (index >= 0) notifier._callbacks = [.. notifier._callbacks[..index], .. notifier._callbacks[(index + 1)..]];
            }
        }
    }
}

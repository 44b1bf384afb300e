using System.Diagnostics.CodeAnalysis;

namespace VitLab.Data;

/// <summary>
/// One piece of work that several callers wait for. Each hears the progress and may give up; the work itself is cancelled when
/// the last has given up.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A token source without timer or handle holds nothing to dispose, and late callers may still ask it.")]
internal sealed class SharedLoad<T>
{
    private readonly Lock _lock = new();
    private readonly List<IProgress<DataProgress>> _listeners = [];
    private readonly CancellationTokenSource _abandoned = new();
    private readonly Task<T> _work;
    private int _waiting;

    public SharedLoad(Func<IProgress<DataProgress>, CancellationToken, T> work) =>
        _work = Task.Factory.StartNew(
            () => work(new Relay(this), _abandoned.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>The result as one more caller sees it; null when this load has failed or was abandoned, and a fresh one is needed.</summary>
    public Task<T>? Join(IProgress<DataProgress>? progress, CancellationToken ct)
    {
        lock (_lock)
        {
            if (_work.IsFaulted || _work.IsCanceled || _abandoned.IsCancellationRequested)
            {
                return null;
            }

            _waiting++;
            if (progress is not null)
            {
                _listeners.Add(progress);
            }
        }

        return WaitAsync(progress, ct);
    }

    private async Task<T> WaitAsync(IProgress<DataProgress>? progress, CancellationToken ct)
    {
        try
        {
            return await _work.WaitAsync(ct).ConfigureAwait(false);
        }
        finally
        {
            Leave(progress);
        }
    }

    private void Leave(IProgress<DataProgress>? progress)
    {
        lock (_lock)
        {
            if (progress is not null)
            {
                _listeners.Remove(progress);
            }

            if (--_waiting == 0 && !_work.IsCompleted)
            {
                _abandoned.Cancel();
            }
        }
    }

    private sealed class Relay(SharedLoad<T> load) : IProgress<DataProgress>
    {
        public void Report(DataProgress value)
        {
            IProgress<DataProgress>[] listeners;
            lock (load._lock)
            {
                listeners = [.. load._listeners];
            }

            foreach (var listener in listeners)
            {
                listener.Report(value);
            }
        }
    }
}

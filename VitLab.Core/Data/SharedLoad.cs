using System.Diagnostics.CodeAnalysis;

namespace VitLab.Data;

/// <summary>
/// One piece of work that several callers wait for. Each hears the progress and may give up; the work itself is cancelled when
/// the last has given up.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A token source without timer or handle holds nothing to dispose, and late callers may still ask it.")]
internal sealed class SharedLoad<T>(Func<IProgress<DataProgress>, CancellationToken, T> work)
{
    private readonly Lock _lock = new();
    private readonly List<IProgress<DataProgress>> _listeners = [];
    private readonly CancellationTokenSource _abandoned = new();
    private Task<T>? _work;
    private int _waiting;

    /// <summary>
    /// The result as one more caller sees it; the first starts the work. Null when it has failed or was abandoned, and a fresh load is needed.
    /// </summary>
    public Task<T>? Join(IProgress<DataProgress>? progress, CancellationToken ct)
    {
        lock (_lock)
        {
            if (_work is { IsFaulted: true } or { IsCanceled: true } || _abandoned.IsCancellationRequested)
            {
                return null;
            }

            _work ??= Task.Factory.StartNew(
                () => work(new Relay(this), _abandoned.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            _waiting++;
            if (progress is not null)
            {
                _listeners.Add(progress);
            }
        }

        return WaitAsync(_work, progress, ct);
    }

    private async Task<T> WaitAsync(Task<T> shared, IProgress<DataProgress>? progress, CancellationToken ct)
    {
        try
        {
            return await shared.WaitAsync(ct).ConfigureAwait(false);
        }
        finally
        {
            Leave(shared, progress);
        }
    }

    private void Leave(Task<T> shared, IProgress<DataProgress>? progress)
    {
        lock (_lock)
        {
            if (progress is not null)
            {
                _listeners.Remove(progress);
            }

            if (--_waiting == 0 && !shared.IsCompleted)
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

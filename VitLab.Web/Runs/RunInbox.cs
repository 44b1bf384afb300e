namespace VitLab.Web.Runs;

/// <summary>
/// What others want done on the run's thread: commands, captures of weights, probe readings. They land between two steps, in order,
/// and their callers await the result.
/// </summary>
internal sealed class RunInbox : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<Item> _items = [];
    private readonly SemaphoreSlim _signal = new(0);
    private bool _closed;

    /// <returns>Null when the session is over and nothing lands any more.</returns>
    public Task<T>? TryPost<T>(Func<T> work)
    {
        // The caller goes on elsewhere: the run's thread must not run page or hub code.
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var item = new Item(
            () =>
            {
                try
                {
                    completion.SetResult(work());
                }
                catch (Exception e)
                {
                    completion.SetException(e);
                }
            },
            () => completion.SetException(new SessionOverException()));
        lock (_gate)
        {
            if (_closed) return null;
            _items.Enqueue(item);
        }

        _signal.Release();
        return completion.Task;
    }

    /// <summary>Wakes the thread without asking for anything.</summary>
    public void Poke()
    {
        lock (_gate)
        {
            if (!_closed) _signal.Release();
        }
    }

    public bool HasWork
    {
        get
        {
            lock (_gate) return _items.Count > 0;
        }
    }

    /// <summary>Does what is waiting; on the run's thread.</summary>
    public void Land()
    {
        while (true)
        {
            Item? item;
            lock (_gate)
            {
                if (!_items.TryDequeue(out item)) return;
            }

            item.Do();
        }
    }

    /// <summary>Sleeps until something is posted or somebody pokes.</summary>
    public void Wait() => _signal.Wait();

    public void Close()
    {
        lock (_gate) _closed = true;
        while (_items.TryDequeue(out var item)) item.Refuse();
    }

    public void Dispose() => _signal.Dispose();

    private sealed record Item(Action Do, Action Refuse);
}

/// <summary>The session ended before the request landed; the caller looks again at the run's state.</summary>
internal sealed class SessionOverException : Exception;

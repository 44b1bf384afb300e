namespace VitLab.Web.Runs;

/// <summary>Ids waiting for the worker, and the session it is busy with. One run trains at a time: two would only slow each other down.</summary>
internal sealed class RunQueue
{
    private readonly Lock _gate = new();
    private readonly LinkedList<string> _waiting = [];
    private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile RunSession? _current;

    /// <summary>The run on the worker, training or paused.</summary>
    public RunSession? Current
    {
        get => _current;
        set => _current = value;
    }

    public int Count
    {
        get
        {
            lock (_gate) return _waiting.Count;
        }
    }

    /// <summary>Live session of this run, if the worker has it.</summary>
    public RunSession? SessionOf(string id) => _current is { } session && session.Id == id ? session : null;

    /// <param name="first">Before everyone else: a resumed run had its turn already.</param>
    public void Add(string id, bool first = false)
    {
        lock (_gate)
        {
            if (_waiting.Contains(id)) return;
            if (first) _waiting.AddFirst(id);
            else _waiting.AddLast(id);
            _arrived.TrySetResult();
        }

        _current?.GiveWay();
    }

    public bool Contains(string id)
    {
        lock (_gate) return _waiting.Contains(id);
    }

    public bool Remove(string id)
    {
        lock (_gate) return _waiting.Remove(id);
    }

    public async Task<string> TakeAsync(CancellationToken ct)
    {
        while (true)
        {
            Task arrived;
            lock (_gate)
            {
                if (_waiting.First is { } first)
                {
                    _waiting.RemoveFirst();
                    return first.Value;
                }

                if (_arrived.Task.IsCompleted) _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
                arrived = _arrived.Task;
            }

            await arrived.WaitAsync(ct);
        }
    }
}

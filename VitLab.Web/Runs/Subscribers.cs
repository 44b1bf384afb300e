namespace VitLab.Web.Runs;

/// <summary>Those who want to be told that something changed. Safe for threads.</summary>
internal sealed class Subscribers
{
    private readonly Lock _gate = new();
    private Action[] _callbacks = [];

    public IDisposable Add(Action callback)
    {
        lock (_gate) _callbacks = [.. _callbacks, callback];
        return new Subscription(this, callback);
    }

    public void Tell()
    {
        foreach (var callback in _callbacks) callback();
    }

    private sealed class Subscription(Subscribers subscribers, Action callback) : IDisposable
    {
        public void Dispose()
        {
            lock (subscribers._gate)
            {
                var index = Array.IndexOf(subscribers._callbacks, callback);
                if (index >= 0) subscribers._callbacks = [.. subscribers._callbacks[..index], .. subscribers._callbacks[(index + 1)..]];
            }
        }
    }
}

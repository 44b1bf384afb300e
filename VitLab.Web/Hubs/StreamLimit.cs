using Microsoft.AspNetCore.SignalR;

namespace VitLab.Web.Hubs;

/// <summary>Keeps one client, or many, from opening streams without end.</summary>
public sealed class StreamLimit
{
    public const int PerConnection = 16;
    public const int InAll = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _open = [];
    private int _all;

    /// <exception cref="HubException">Too many streams are open.</exception>
    public IDisposable Enter(string connectionId)
    {
        lock (_gate)
        {
            var open = _open.GetValueOrDefault(connectionId);
            if (open >= PerConnection) throw new HubException($"A connection can watch {PerConnection} streams at a time.");
            if (_all >= InAll) throw new HubException($"The lab serves {InAll} streams at a time; try again later.");
            _open[connectionId] = open + 1;
            _all++;
        }

        return new Place(this, connectionId);
    }

    private void Leave(string connectionId)
    {
        lock (_gate)
        {
            _all--;
            if (--_open[connectionId] == 0) _open.Remove(connectionId);
        }
    }

    private sealed class Place(StreamLimit limit, string connectionId) : IDisposable
    {
        public void Dispose() => limit.Leave(connectionId);
    }
}

using System.Collections.Concurrent;

namespace VitLab.Web.Runs;

/// <summary>The event streams of open runs. Ended runs are read from their files and take no memory here.</summary>
internal sealed class RunStreams(RunStore store)
{
    private readonly ConcurrentDictionary<string, RunEventStream> _open = new();

    public RunEventStream Of(RunRecord record)
    {
        if (record.IsOpen) return _open.GetOrAdd(record.Id, id => new RunEventStream(store.Folder(id).Events));
        if (_open.TryGetValue(record.Id, out var stream)) return stream;
        stream = new RunEventStream(store.Folder(record.Id).Events);
        stream.End();
        return stream;
    }

    public void End(string id)
    {
        if (_open.TryRemove(id, out var stream)) stream.End();
    }
}

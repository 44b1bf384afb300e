namespace VitLab.Web.Runs;

/// <summary>What a session and the worker share.</summary>
internal sealed class RunContext(RunStore store, RunStreams streams, RunNotifier notifier, LabData data, ILogger<RunSession> logger)
{
    public RunStore Store => store;

    public RunStreams Streams => streams;

    public LabData Data => data;

    public ILogger Logger => logger;

    public TimeProvider Clock => store.Clock;

    /// <summary>Changes the record for good and tells everybody.</summary>
    public RunRecord Change(string id, Func<RunRecord, RunRecord> change)
    {
        var record = store.Update(id, change);
        notifier.Changed(record);
        return record;
    }

    /// <summary>Changes what will be different again in a moment: kept in memory, told at a human rate.</summary>
    public void Progress(string id, Func<RunRecord, RunRecord> change) => notifier.Progressed(store.Update(id, change, save: false));

    /// <summary>Tells at once what will not be stored: that a command has been heard.</summary>
    public void Announce(string id, Func<RunRecord, RunRecord> change) => notifier.Changed(store.Update(id, change, save: false));

    /// <summary>Runs came or went.</summary>
    public void ListChanged() => notifier.Changed(null);
}

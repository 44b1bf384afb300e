using VitLab.Experiments;
using VitLab.Models;
using VitLab.Web.Runs;

namespace VitLab.Tests.Components.Train;

/// <summary>A run service whose runs are what the test says; remembers what it was asked.</summary>
internal class RunsDouble : RunService
{
    private readonly List<Action<RunRecord?>> _watchers = [];

    public List<RunRecord> Records { get; } = [];

    public List<(string Id, RunCommand Command)> Commands { get; } = [];

    public List<RunRequest> Requests { get; } = [];

    /// <summary>Thrown by the next start or command.</summary>
    public Exception? Refusal { get; set; }

    /// <summary>When set, commands land only once it is completed.</summary>
    public TaskCompletionSource? Landing { get; set; }

    public int Watchers => _watchers.Count;

    /// <summary>Of every run here, whatever the presets come to.</summary>
    public static TrainingOptions Settings { get; } = ExperimentCatalog.All[0].FindPreset("d16").Options with { Data = "mnist", SamplesPerEpoch = 0, Epochs = 10, BatchSize = 128, LearningRate = 0.002 };

    public static RunRecord Run(RunState state, string id = "brave-otter-1", TrainingOptions? options = null) =>
        new(id, id, "single-digit", "d16", options ?? Settings, state, DateTimeOffset.UnixEpoch)
        {
            Step = 1234,
            TotalSteps = 4300,
            LearningRate = 0.002,
            ActiveSeconds = 12,
        };

    /// <summary>Puts a record in the place of the one with its id, or adds it, and tells everybody.</summary>
    public void Change(RunRecord run)
    {
        Records.RemoveAll(known => known.Id == run.Id);
        Records.Insert(0, run);
        foreach (var watcher in _watchers.ToArray())
        {
            watcher(run);
        }
    }

    /// <summary>What each run has told, by id.</summary>
    public Dictionary<string, List<SequencedEvent>> Told { get; } = [];

    /// <summary>What a transfer from each of these weights would take over; others are refused.</summary>
    public Dictionary<string, TransferReport> Transfers { get; } = [];

    public override IReadOnlyList<RunRecord> List() => [.. Records];

    public override RunRecord? Find(string id) => Records.Find(run => run.Id == id);

    public override Task<RunRecord> StartAsync(RunRequest request, CancellationToken ct = default)
    {
        if (Refusal is { } refusal)
        {
            return Task.FromException<RunRecord>(refusal);
        }

        Requests.Add(request);
        var id = $"new-run-{Requests.Count}";
        var run = Run(RunState.Running, id) with { Name = request.Name ?? id };
        Change(run);
        return Task.FromResult(run);
    }

    public override Task<TransferReport> PreviewTransferAsync(RunRequest request, CancellationToken ct = default) =>
        Transfers.TryGetValue(request.From!, out var report) ? Task.FromResult(report) : Task.FromException<TransferReport>(new RunException("from", $"No run and no shipped checkpoint is called '{request.From}'."));

    public override IReadOnlyList<SequencedEvent> Events(string id, long after, int limit) => [.. (Told.GetValueOrDefault(id) ?? []).Where(told => told.Sequence > after).Take(limit)];

    public override async Task CommandAsync(string id, RunCommand command, CancellationToken ct = default)
    {
        if (Refusal is { } refusal)
        {
            throw refusal;
        }

        await (Landing?.Task ?? Task.CompletedTask);
        Commands.Add((id, command));
    }

    public override IDisposable OnChanged(Action<RunRecord?> callback)
    {
        _watchers.Add(callback);
        return new Leaving(() => _watchers.Remove(callback));
    }

    private sealed class Leaving(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}

using System.Runtime.CompilerServices;
using System.Text.Json;
using VitLab.Experiments;
using VitLab.Tests.Components.Train;
using VitLab.Web.Predictions;
using VitLab.Web.Runs;

namespace VitLab.Tests.Components;

/// <summary>A run service with a table to keep: names, notes, deletion, checkpoints and events are what the test says.</summary>
internal sealed class LabDouble : RunsDouble
{
    public List<RunRecord> Trash { get; } = [];

    public List<CheckpointFile> Files { get; } = [];

    public List<(string Id, string Checkpoint)> Forks { get; } = [];

    public override IReadOnlyList<RunRecord> Deleted() => [.. Trash];

    public override IReadOnlyList<UnreadableRun> Unreadable() => [];

    public override Task<RunRecord> RenameAsync(string id, string name) =>
        Refusal is { } refusal ? Task.FromException<RunRecord>(refusal) : Replace(id, run => run with { Name = name });

    public override Task<RunRecord> NoteAsync(string id, string note) => Replace(id, run => run with { Note = note });

    public override Task DeleteAsync(string id)
    {
        Trash.Insert(0, Records.Single(run => run.Id == id));
        Records.RemoveAll(run => run.Id == id);
        return Task.CompletedTask;
    }

    public override Task<RunRecord> RestoreAsync(string id)
    {
        var run = Trash.Single(run => run.Id == id);
        Trash.Remove(run);
        Change(run);
        return Task.FromResult(run);
    }

    public override IReadOnlyList<CheckpointFile> Checkpoints(string id) => Files;

    public override Task<RunRecord> ForkAsync(string id, string checkpoint, JsonElement? overrides = null, CancellationToken ct = default)
    {
        Forks.Add((id, checkpoint));
        var fork = Run(RunState.Queued, $"{id}-fork");
        Change(fork);
        return Task.FromResult(fork);
    }

    public override async IAsyncEnumerable<SequencedEvent> WatchAsync(string id, long after, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.Yield();
        foreach (var told in Told.GetValueOrDefault(id) ?? [])
        {
            yield return told;
        }
    }

    private Task<RunRecord> Replace(string id, Func<RunRecord, RunRecord> change)
    {
        var run = change(Records.Single(run => run.Id == id));
        Change(run);
        return Task.FromResult(run);
    }
}

/// <summary>Weights that can be chosen from; nothing here answers, since the browser asks over HTTP.</summary>
internal sealed class WeightsDouble : PredictionService
{
    public List<WeightsChoice> All { get; } = [];

    public static WeightsChoice Choice(string id, bool live = false, bool shipped = false) =>
        new(id, id, "single-digit", "d64", CanvasGuide.Single, 4300, live, new Dictionary<string, double> { ["accuracy"] = 0.99 })
        {
            Classes = ExperimentCatalog.All[0].Classes(ExperimentCatalog.All[0].Presets[0].Options),
            Shipped = shipped,
        };

    /// <summary>Weights of an experiment on grids.</summary>
    public static WeightsChoice OnGrid(string id, string experiment, int side = 2, bool live = false) =>
        Choice(id, live) with { Experiment = experiment, Canvas = new CanvasGuide(side, side), Metrics = new Dictionary<string, double> { ["sequenceAccuracy"] = 0.97 } };

    /// <summary>Weights of a preset of an experiment on sequences.</summary>
    public static WeightsChoice OnSequence(string id, string experiment, string preset, bool live = false) =>
        Choice(id, live) with { Experiment = experiment, Preset = preset, Canvas = ExperimentCatalog.Find(experiment).Canvas(ExperimentCatalog.Find(experiment).Presets[0].Options) };

    /// <summary>Weights that read free paper.</summary>
    public static WeightsChoice Free(string id, bool live = false) =>
        Choice(id, live) with { Experiment = "free-layout", Canvas = CanvasGuide.Free, Metrics = new Dictionary<string, double> { ["sceneAccuracy"] = 0.91 } };

    public override IReadOnlyList<WeightsChoice> Choices() => [.. All];
}

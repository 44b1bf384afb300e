using System.Collections.Concurrent;
using System.Diagnostics;
using VitLab.Experiments;
using VitLab.Inference;
using VitLab.Insight;
using VitLab.Models;
using VitLab.Vision;
using VitLab.Web.Runs;

namespace VitLab.Web.Predictions;

/// <summary>
/// Answers drawings with shipped checkpoints, finished runs, and the newest weights of a run that is training. Each weights have one
/// model in memory and one question in flight; the last dozen stay loaded.
/// </summary>
public class PredictionService : IDisposable
{
    private const int LoadedWeights = 12;

    private readonly ConcurrentDictionary<string, WeightsSlot> _slots = new();
    private readonly ConcurrentDictionary<string, (DateTime Written, CheckpointInfo? Info)> _shipped = new();
    private readonly RunService _runs;
    private readonly RunStore _store;
    private readonly CheckpointLocator _checkpoints;

    public PredictionService(RunService runs, RunStore store, CheckpointLocator checkpoints) => (_runs, _store, _checkpoints) = (runs, store, checkpoints);

    /// <summary>For doubles that override everything they are asked.</summary>
    protected PredictionService() => (_runs, _store, _checkpoints) = (null!, null!, null!);

    /// <summary>
    /// Everything that can answer: weights a person taught and accepted (the newest verdict first), then live runs, then shipped checkpoints,
    /// then other runs that have a checkpoint, newest first. Taught weights that nobody has accepted answer nobody.
    /// </summary>
    public virtual IReadOnlyList<WeightsChoice> Choices()
    {
        var answering = _runs.List().Where(run => run.Step > 0 && (run.State == RunState.Running || HasWeights(run.Id))).ToList();
        var taught = answering.Where(run => run.Teaching is { Verdict: TeachingVerdict.Accepted }).OrderByDescending(run => run.Teaching!.Decided)
            .Select(run => ChoiceOf(run, run.Last) with { Taught = true });
        var runs = answering.Where(run => run.Teaching is null).Select(run => ChoiceOf(run, run.Best ?? run.Last)).ToLookup(choice => choice.Live);
        var shipped = _checkpoints.Shipped
            .Select(name => (Name: name, Info: ShippedInfo(name)))
            .Where(pair => pair.Info is not null)
            .Select(pair => ChoiceOf(pair.Name, pair.Info!));
        return [.. taught, .. runs[true], .. shipped, .. runs[false]];
    }

    /// <summary>Reads a drawing or a picture. An empty one gives an answer without a reading.</summary>
    /// <exception cref="RunException">No such weights, or neither drawing nor picture.</exception>
    /// <exception cref="DrawingFormatException">The drawing's canvas cannot be cut into the cells these weights read.</exception>
    public virtual async Task<PredictionAnswer> PredictAsync(PredictionRequest request, CancellationToken ct = default)
    {
        var started = Stopwatch.GetTimestamp();
        if (request.Drawing is null == request.Picture is null) throw new RunException("drawing", "drawing: expected either a drawing or pixels.");
        return await UseAsync(
            request.Weights,
            (predictor, weights) =>
            {
                var (experiment, options) = (predictor.Experiment, predictor.Info.Options);
                var seen = request.Drawing is not null
                    ? experiment.Prepare(request.Drawing, options, request.Center)
                    : experiment.Prepare(request.Picture!, options, request.Center);
                var reading = seen is null ? null : predictor.Read(seen, request.Attention || request.Look is not null);
                var look = request.Look is not null && reading?.Attention is { } maps ? AttentionLook.At(maps, request.Look) : null;
                return new PredictionAnswer(
                    request.Attention || reading is null ? reading : reading with { Attention = null }, look, experiment.Classes(options), seen, seen is null ? experiment.Geometry(options) : experiment.Geometry(options).Of(seen), experiment.Canvas(options), weights, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            },
            ct);
    }

    public void Dispose()
    {
        foreach (var slot in _slots.Values) slot.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Does something with the predictor of these weights, alone with it.</summary>
    /// <exception cref="RunException">No such weights.</exception>
    internal virtual async Task<T> UseAsync<T>(string weights, Func<Predictor, AnsweringWeights, T> use, CancellationToken ct)
    {
        if (_runs.Find(weights) is not { State: RunState.Running }) _checkpoints.Find(weights);   // an unknown name makes no slot
        var slot = _slots.GetOrAdd(weights, id => new WeightsSlot(id, _runs, _checkpoints));
        Trim(keep: slot);
        return await slot.UseAsync(use, ct);
    }

    private void Trim(WeightsSlot keep)
    {
        if (_slots.Count <= LoadedWeights) return;
        var oldest = _slots.Values.Where(slot => slot != keep).MinBy(slot => slot.LastUsed);
        if (oldest is not null && _slots.TryRemove(oldest.Id, out _)) oldest.Dispose();
    }

    private static WeightsChoice ChoiceOf(RunRecord run, IReadOnlyDictionary<string, double>? metrics) =>
        new(run.Id, run.Name, run.Experiment, run.Preset, ExperimentCatalog.Find(run.Experiment).Canvas(run.Options), run.Step, run.State == RunState.Running, metrics)
        {
            Classes = ExperimentCatalog.Find(run.Experiment).Classes(run.Options),
        };

    private static WeightsChoice ChoiceOf(string shipped, CheckpointInfo info) =>
        new(shipped, $"Shipped {shipped}", info.Experiment, info.Preset, ExperimentCatalog.Find(info.Experiment).Canvas(info.Options), info.Step, Live: false, info.Metrics)
        {
            Classes = ExperimentCatalog.Find(info.Experiment).Classes(info.Options),
            Shipped = true,
        };

    private bool HasWeights(string id)
    {
        var folder = _store.Folder(id);
        return File.Exists(folder.Checkpoint("last")) || File.Exists(folder.Checkpoint("best"));
    }

    private CheckpointInfo? ShippedInfo(string name)
    {
        var path = _checkpoints.FindShipped(name)!;
        var written = File.GetLastWriteTimeUtc(path);
        if (_shipped.TryGetValue(name, out var known) && known.Written == written) return known.Info;
        try
        {
            known = (written, Checkpoint.ReadInfo(path));
        }
        catch (CheckpointException)
        {
            known = (written, null);                     // asking for it by name says what is wrong with it
        }

        _shipped[name] = known;
        return known.Info;
    }
}

/// <param name="Id">"single-digit", "single-digit-d16", or a run id (its newest weights).</param>
/// <param name="Canvas">What its drawings are made on; null for weights that read no drawings.</param>
/// <param name="Live">The run is training: the answer moves with it.</param>
/// <param name="Metrics">Best validation metrics known, or the metrics a shipped checkpoint was measured at.</param>
public sealed record WeightsChoice(
    string Id, string Name, string Experiment, string Preset, CanvasGuide? Canvas, long Step, bool Live, IReadOnlyDictionary<string, double>? Metrics)
{
    /// <summary>What its answers choose from.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>Came with the lab.</summary>
    public bool Shipped { get; init; }

    /// <summary>Taught from corrections and accepted: the first choice for its experiment.</summary>
    public bool Taught { get; init; }
}

/// <param name="Weights">Id of a <see cref="WeightsChoice"/>.</param>
/// <param name="Center">MNIST's normalisation; off keeps the drawing where it is.</param>
/// <param name="Attention">Every map of every layer and head.</param>
/// <param name="Look">The maps of one question only.</param>
public sealed record PredictionRequest(string Weights, Drawing? Drawing = null, PlanarImage? Picture = null, bool Center = true, bool Attention = true, AttentionQuestion? Look = null);

/// <param name="Reading">Null when nothing is drawn.</param>
/// <param name="Look">Null when none was asked for.</param>
/// <param name="Seen">The picture the model got; null when nothing is drawn.</param>
/// <param name="Canvas">The cells these weights read; null where nothing is drawn.</param>
/// <param name="Milliseconds">From request to answer, on the server.</param>
public sealed record PredictionAnswer(
    Reading? Reading,
    AttentionLook? Look,
    IReadOnlyList<string> Classes,
    PlanarImage? Seen,
    InputGeometry Geometry,
    CanvasGuide? Canvas,
    AnsweringWeights Weights,
    double Milliseconds);

public sealed record AnsweringWeights(string Id, string Name, long Step);

using System.Text.Json;
using VitLab.Data;
using VitLab.Experiments;
using VitLab.Models;
using VitLab.Training;
using VitLab.Vision;

namespace VitLab.Web.Runs;

// How runs begin: from a request or as a fork, with what they start from copied into their folder.
public partial class RunService
{
    /// <summary>Queues a run; it starts when the runs before it are done.</summary>
    /// <exception cref="OptionException">Names the field that is wrong: experiment, preset, device or an option.</exception>
    /// <exception cref="RunException">The weights to start from do not exist, or the queue is full.</exception>
    public virtual async Task<RunRecord> StartAsync(RunRequest request, CancellationToken ct = default)
    {
        var (experiment, preset, options) = Read(request);
        Placement.Require(request.Device);
        var origin = string.IsNullOrEmpty(request.From) ? null : _checkpoints.Find(request.From);
        return await CreateAsync(
            new RunRecord("", CheckName(request.Name ?? ""), experiment.Id, preset.Id, options, RunState.Queued, _store.Clock.GetUtcNow())
            {
                LeavesDataOpen = request.LeavesDataOpen,
                Device = request.Device,
                Command = request.Command ?? CommandFor(experiment.Id, preset, options, request.From),
            },
            origin, mayContinue: false, ct);
    }

    /// <summary>A new run that goes on from a checkpoint of this one, with some options changed.</summary>
    /// <param name="checkpoint">"last", "best" or "step-N". With training state inside it goes on at its step; weights alone start at step 0.</param>
    /// <param name="overrides">Object of option keys, or null.</param>
    public virtual async Task<RunRecord> ForkAsync(string id, string checkpoint, JsonElement? overrides = null, CancellationToken ct = default)
    {
        var parent = _store.Get(id);
        var experiment = ExperimentCatalog.Find(parent.Experiment);
        var options = OptionSchema.Read(experiment, overrides ?? default, parent.Options);
        var origin = _checkpoints.Find($"{id}/{checkpoint}");
        return await CreateAsync(
            new RunRecord("", CheckName($"{parent.Name[..Math.Min(parent.Name.Length, LongestName - 5)]} fork"), parent.Experiment, parent.Preset, options, RunState.Queued, _store.Clock.GetUtcNow())
            {
                Device = parent.Device,
                Command = CommandFor(experiment.Id, experiment.FindPreset(parent.Preset), options, $"{id}/{checkpoint}"),
            },
            origin, mayContinue: true, ct);
    }

    /// <summary>What a run of this request would take over from the weights it starts from; starts nothing.</summary>
    /// <exception cref="OptionException">As <see cref="StartAsync"/>.</exception>
    /// <exception cref="RunException">The weights to start from do not exist, or none are named.</exception>
    /// <exception cref="CheckpointException">They cannot be read.</exception>
    public virtual Task<TransferReport> PreviewTransferAsync(RunRequest request, CancellationToken ct = default)
    {
        var (experiment, _, options) = Read(request);
        if (string.IsNullOrEmpty(request.From)) throw new RunException("from", "from: missing; expected a run id, run-id/checkpoint, or a shipped checkpoint.");
        var source = _checkpoints.Find(request.From);
        return Task.Run(() => TransferPreview.Of(experiment, options, Checkpoint.Load(source.Path)), ct);
    }

    private static (Experiment, ExperimentPreset, TrainingOptions) Read(RunRequest request)
    {
        var experiment = ExperimentCatalog.Find(request.Experiment ?? "");
        var preset = experiment.FindPreset(request.Preset);
        return (experiment, preset, OptionSchema.Read(experiment, OptionOverrides.Fit(request.Options ?? default, preset.Options), preset.Options));
    }

    private async Task<RunRecord> CreateAsync(RunRecord draft, FoundCheckpoint? origin, bool mayContinue, CancellationToken ct)
    {
        if (_queue.Count >= LongestQueue) throw new RunConflictException("queue", $"{LongestQueue} runs are waiting already; stop or delete some first.");
        ct.ThrowIfCancellationRequested();
        MemoryForecast.Check(ExperimentCatalog.Find(draft.Experiment), draft.Options, Hardware.This.FindOrBest(draft.Device));
        var corrections = draft.Options.CorrectionShare > 0 ? CorrectionsFor(draft, mayContinue ? origin : null) : [];
        var record = await Task.Run(() => _store.Create(id => Prepare(draft with { Id = id, Name = draft.Name.Length == 0 ? id : draft.Name }, origin, mayContinue, corrections)), ct);
        _context.ListChanged();
        _queue.Add(record.Id);
        return record;
    }

    /// <summary>The drawings a run with a correction share learns: those of the run it goes on from, or the lab's of now.</summary>
    private IReadOnlyList<Drawing> CorrectionsFor(RunRecord draft, FoundCheckpoint? continued)
    {
        if (continued is not null && _store.Find(continued.Source) is { Options.CorrectionShare: > 0 } parent) return SnapshotOf(parent);
        if (!ExperimentCatalog.Find(draft.Experiment).LearnsCorrections(draft.Options)) throw new OptionException("correctionShare", $"expected 0: corrections are digits, and {draft.Experiment} learns other pictures.");
        return _corrections.Drawings is { Count: > 0 } drawings ? drawings
            : throw new OptionException("correctionShare", "expected 0: there are no corrections yet. Draw a digit, and where it is misread say what it is.");
    }

    private IReadOnlyList<Drawing> SnapshotOf(RunRecord parent)
    {
        try
        {
            return CorrectionSnapshot.Drawings(_store.Folder(parent.Id));
        }
        catch (DataException e)
        {
            throw new RunConflictException("correctionShare", $"Run '{parent.Id}' cannot be gone on from: {e.Message}");
        }
    }

    /// <summary>Copies what a run starts from into its folder, checkpoint and corrections: the originals may change or go.</summary>
    private RunRecord Prepare(RunRecord record, FoundCheckpoint? origin, bool mayContinue, IReadOnlyList<Drawing> corrections)
    {
        var folder = _store.Folder(record.Id);
        if (corrections.Count > 0)
        {
            _store.Files.CreateFolder(folder.Checkpoints);
            CorrectionSnapshot.Write(folder, _store.Files, corrections);
        }

        if (origin is null) return record;
        var checkpoint = Checkpoint.Load(origin.Path);
        var continues = mayContinue && checkpoint.IsResumable;
        _store.Files.CreateFolder(folder.Checkpoints);
        _store.Files.Save(continues ? checkpoint : checkpoint.WeightsOnly(), continues ? folder.Checkpoint("last") : folder.Origin);
        return record with
        {
            Origin = new RunOrigin(origin.Source, origin.Name, checkpoint.Info.Step, continues),
            Teaching = corrections.Count > 0 && checkpoint.Info.Experiment == record.Experiment ? new Teaching(origin.Source, corrections.Count) : null,
            Step = continues ? checkpoint.Info.Step : 0,
            Epoch = continues ? checkpoint.Info.Epoch : 0,
        };
    }

    private static string CommandFor(string experiment, ExperimentPreset preset, TrainingOptions options, string? from)
    {
        var schema = OptionSchema.Of(options.GetType());
        var changed = schema.Fields.Where(field => !field.Get(options).Equals(field.Get(preset.Options))).Select(field => $" --set {field.Key}={field.GetText(options)}");
        return $"VitLab.Web train {experiment} --preset {preset.Id}{string.Concat(changed)}{(string.IsNullOrEmpty(from) ? "" : $" --from {from}")}";
    }
}

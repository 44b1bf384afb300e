using VitLab.Experiments;
using VitLab.Models;
using VitLab.Web.Predictions;
using VitLab.Web.Runs;

namespace VitLab.Web.Corrections;

/// <summary>
/// Teaching: a short run that fine-tunes weights on the lab's corrections mixed with the data they learned from, and the verdict on what
/// came of it. Methods are virtual so that component tests can put a hand-written double in its place.
/// </summary>
public class TeachingService
{
    /// <summary>Samples a teaching run sees: a few seconds on two cores, and enough for every correction to come by several times.</summary>
    public const int Samples = 6_000;

    /// <summary>Share of them that are corrections: enough to be learned, with enough of the rest not to be forgotten.</summary>
    public const double CorrectionShare = 0.25;

    private readonly RunService _runs;
    private readonly RunContext _context;
    private readonly CheckpointLocator _checkpoints;

    internal TeachingService(RunService runs, RunContext context, CheckpointLocator checkpoints) => (_runs, _context, _checkpoints) = (runs, context, checkpoints);

    /// <summary>For doubles that override everything they are asked.</summary>
    protected TeachingService() => (_runs, _context, _checkpoints) = (null!, null!, null!);

    /// <summary>Every run that teaches or has taught, newest first.</summary>
    public virtual IReadOnlyList<RunRecord> List() => [.. _runs.List().Where(run => run.Teaching is not null)];

    /// <summary>Those that corrections can be taught to: they read digits, and are not in training.</summary>
    public static IReadOnlyList<WeightsChoice> Pupils(IReadOnlyList<WeightsChoice> choices) => [.. choices.Where(choice =>
    {
        var experiment = ExperimentCatalog.Find(choice.Experiment);
        return !choice.Live && experiment.LearnsCorrections(experiment.FindPreset(choice.Preset).Options);
    })];

    /// <summary>Queues a teaching run.</summary>
    /// <param name="weights">A run's id, or a shipped checkpoint's name.</param>
    /// <exception cref="OptionException">There are no corrections yet, or these weights do not read digits.</exception>
    /// <exception cref="RunException">No such weights, or the queue is full.</exception>
    /// <exception cref="CheckpointException">The weights' file is broken.</exception>
    public virtual Task<RunRecord> StartAsync(string weights, CancellationToken ct = default)
    {
        var learned = Checkpoint.ReadInfo(_checkpoints.Find(weights).Path);
        var request = RunRequest.With(learned.Experiment, learned.Preset, Lesson(learned.Options)) with { From = weights, LeavesDataOpen = true };
        return _runs.StartAsync(request, ct);
    }

    /// <summary>Lets taught weights answer, or not (any more). Can be changed as often as one likes.</summary>
    /// <exception cref="RunNotFoundException">No run of that id.</exception>
    /// <exception cref="RunConflictException">It is no teaching run, or has not been measured to its end.</exception>
    public virtual RunRecord Decide(string id, bool accepted)
    {
        var run = _runs.Find(id) ?? throw new RunNotFoundException(id);
        if (run.Teaching is null) throw new RunConflictException("verdict", $"Run '{id}' teaches no corrections: its weights answer without a verdict.");
        if (run.IsOpen) throw new RunConflictException("verdict", $"Run '{id}' is still teaching.");
        if (accepted && run.Teaching.After is null) throw new RunConflictException("verdict", $"Run '{id}' was not taught to its end, so there is nothing to accept.");
        return _context.Change(id, record => record with
        {
            Teaching = record.Teaching! with { Verdict = accepted ? TeachingVerdict.Accepted : TeachingVerdict.Rejected, Decided = _context.Clock.GetUtcNow() },
        });
    }

    /// <summary>The options the weights were made with, for one short, careful epoch: a tenth of the rate, decay and augmentation as they were.</summary>
    private static TrainingOptions Lesson(TrainingOptions learned) => learned with
    {
        CorrectionShare = CorrectionShare,
        SamplesPerEpoch = Math.Max(Samples, learned.BatchSize),
        Epochs = 1,
        LearningRate = Math.Max(learned.LearningRate / 10, 1e-6),
        WarmUpEpochs = 0.1,
        EarlyStopEpochs = 0,
    };
}

using System.Text.Json.Serialization;
using VitLab.Experiments;
using VitLab.Models;

namespace VitLab.Web.Runs;

/// <summary>What the lab knows of a run at one moment. Immutable: a change makes a new record.</summary>
/// <param name="Id">Safe slug, also the folder's name: "brave-otter-12".</param>
/// <param name="Name">For people; the id until renamed.</param>
/// <param name="Options">Of the experiment's own type.</param>
/// <param name="ActiveSeconds">Time spent training, pauses excluded.</param>
public sealed record RunRecord(
    string Id,
    string Name,
    string Experiment,
    string Preset,
    TrainingOptions Options,
    RunState State,
    DateTimeOffset Created)
{
    public string Note { get; init; } = "";

    public DateTimeOffset? Started { get; init; }

    public DateTimeOffset? Ended { get; init; }

    public double ActiveSeconds { get; init; }

    public long Step { get; init; }

    /// <summary>0 until the run has started and counted its data.</summary>
    public long TotalSteps { get; init; }

    public int Epoch { get; init; }

    /// <summary>Learning rate of the newest step.</summary>
    public double LearningRate { get; init; }

    public double ImagesPerSecond { get; init; }

    /// <summary>Trainable numbers in the model; 0 until the run has started.</summary>
    public long Parameters { get; init; }

    /// <summary>What was trained on, in one sentence; empty until the run has started.</summary>
    public string DataDescription { get; init; } = "";

    /// <summary>The device that was asked for: "auto", "cpu" or "cuda:N".</summary>
    public string Device { get; init; } = Hardware.Auto;

    /// <summary>Where it computes, or did last; null until it has started.</summary>
    public Placement? Placement { get; init; }

    /// <summary>Validation metrics of the best epoch by the keys of <see cref="Card"/>, and "loss"; null before the first whole validation.</summary>
    public IReadOnlyDictionary<string, double>? Best { get; init; }

    public int? BestEpoch { get; init; }

    /// <summary>Newest validation metrics.</summary>
    public IReadOnlyDictionary<string, double>? Last { get; init; }

    /// <summary>Metrics of the best weights on the test split; completed runs only.</summary>
    public IReadOnlyDictionary<string, double>? Test { get; init; }

    /// <summary>Why the run failed, or why it paused by itself; for people.</summary>
    public string? Failure { get; init; }

    /// <summary>What it is busy with when it is not stepping ("Loading mnist", "Pausing"); not stored.</summary>
    public string? Activity { get; init; }

    /// <summary>The checkpoint this run was started from.</summary>
    public RunOrigin? Origin { get; init; }

    /// <summary>What teaching the lab's corrections to <see cref="Origin"/> changed; null for every other run.</summary>
    public Teaching? Teaching { get; init; }

    /// <summary>Steps after which the run pauses by itself; null runs to the end.</summary>
    public int? StepsUntilPause { get; init; }

    /// <summary>Learning rate set while nothing was loaded; taken over at the next start.</summary>
    public double? PendingRate { get; init; }

    /// <summary>Nobody asked for this very data: where MNIST cannot be had, pen digits do.</summary>
    public bool LeavesDataOpen { get; init; }

    /// <summary>The command line that repeats the run.</summary>
    public string Command { get; init; } = "";

    /// <summary>What its experiment says of itself: title, phase, metrics.</summary>
    [JsonIgnore]
    public ExperimentCard Card => ExperimentCatalog.Find(Experiment).Card;

    /// <summary>True while something may still change: queued, running or paused.</summary>
    [JsonIgnore]
    public bool IsOpen => State is RunState.Queued or RunState.Running or RunState.Paused;
}

[JsonConverter(typeof(JsonStringEnumConverter<RunState>))]
public enum RunState
{
    Queued,
    Running,
    Paused,
    Completed,
    Stopped,
    Failed,
}

/// <param name="RunId">The run, or the name of a shipped checkpoint.</param>
/// <param name="Checkpoint">"last", "best" or "step-N".</param>
/// <param name="Continues">True for a fork, which goes on with optimizer, schedule and step count; false when only weights were taken over.</param>
public sealed record RunOrigin(string RunId, string Checkpoint, long Step, bool Continues);

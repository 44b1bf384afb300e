using VitLab.Data;
using VitLab.Experiments;

namespace VitLab.Training;

/// <summary>All a run needs to know before its first step.</summary>
/// <param name="Preset">Id of the preset the options started from.</param>
public sealed record TrainingPlan(Experiment Experiment, string Preset, TrainingOptions Options, ImageSplits Data)
{
    /// <summary>Goes on from this resumable checkpoint with the same next loss as an uninterrupted run. Excludes <see cref="TransferFrom"/>.</summary>
    public Checkpoint? Resume { get; init; }

    /// <summary>Starts from this checkpoint's weights where names and shapes match, from step 0.</summary>
    public Checkpoint? TransferFrom { get; init; }

    /// <summary>The command that repeats the run, kept in its checkpoints.</summary>
    public string Command { get; init; } = "";
}

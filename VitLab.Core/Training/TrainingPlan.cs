using VitLab.Data;
using VitLab.Experiments;
using VitLab.Models;

namespace VitLab.Training;

/// <summary>All a run needs to know before its first step.</summary>
/// <param name="Preset">Id of the preset the options started from.</param>
public sealed record TrainingPlan(Experiment Experiment, string Preset, TrainingOptions Options, ImageSplits Data)
{
    /// <summary>Goes on from this resumable checkpoint with the same next loss as an uninterrupted run. Excludes <see cref="TransferFrom"/>.</summary>
    public Checkpoint? Resume { get; init; }

    /// <summary>Starts from this checkpoint's weights where names and shapes match, from step 0.</summary>
    public Checkpoint? TransferFrom { get; init; }

    /// <summary>Where it trains. No part of what is learned: the same plan elsewhere starts from the same weights and sees the same batches.</summary>
    public ComputeDevice Device { get; init; } = Hardware.This.Best;

    /// <summary>The command that repeats the run, kept in its checkpoints.</summary>
    public string Command { get; init; } = "";
}

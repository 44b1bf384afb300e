using System.Text.Json.Serialization;
using VitLab.Experiments;
using VitLab.Models;

namespace VitLab.Training;

/// <summary>
/// What a run tells, in the order it happened: plain numbers, never tensors. Stored one JSON line each and streamed as they are; an
/// unknown type is ignored by readers.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(RunStarted), "started")]
[JsonDerivedType(typeof(StepCompleted), "step")]
[JsonDerivedType(typeof(ValidationCompleted), "validation")]
[JsonDerivedType(typeof(EpochCompleted), "epoch")]
[JsonDerivedType(typeof(LearningRateChanged), "learningRate")]
[JsonDerivedType(typeof(CheckpointSaved), "checkpoint")]
[JsonDerivedType(typeof(RunPaused), "paused")]
[JsonDerivedType(typeof(RunResumed), "resumed")]
[JsonDerivedType(typeof(RunEnded), "ended")]
public abstract record TrainingEvent;

/// <param name="Step">Step the run goes on from: 0 for a fresh run.</param>
/// <param name="Data">The split's description (which data, how many).</param>
/// <param name="Transferred">What was taken over from another checkpoint; null for a fresh start and for one that goes on.</param>
public sealed record RunStarted(
    long Step, long TotalSteps, int StepsPerEpoch, long Parameters, string Data, string DataChecksum,
    [property: JsonConverter(typeof(TransferReportJson))] TransferReport? Transferred) : TrainingEvent;

/// <param name="Loss">Mean training loss of the step's batch.</param>
/// <param name="Rate">Learning rate used.</param>
/// <param name="GradientNorm">Before clipping.</param>
/// <param name="ImagesPerSecond">Smoothed, paused time excluded.</param>
public sealed record StepCompleted(long Step, int Epoch, float Loss, float Rate, float GradientNorm, float ImagesPerSecond) : TrainingEvent;

/// <summary>A look at the validation split between epochs (a fixed subset) or at an epoch's end (all of it).</summary>
public sealed record ValidationCompleted(long Step, int Epoch, bool Whole, Evaluation Evaluation) : TrainingEvent;

/// <param name="TrainLoss">Mean over the epoch's steps.</param>
/// <param name="IsBest">The whole validation split was read better than ever before in this run.</param>
public sealed record EpochCompleted(long Step, int Epoch, float TrainLoss, double ActiveSeconds, bool IsBest) : TrainingEvent;

public sealed record LearningRateChanged(long Step, double Rate) : TrainingEvent;

/// <param name="Name">"last", "best" or "step-N".</param>
public sealed record CheckpointSaved(long Step, string Name) : TrainingEvent;

public sealed record RunPaused(long Step) : TrainingEvent;

public sealed record RunResumed(long Step) : TrainingEvent;

/// <param name="Reason">For people; why it failed, or null.</param>
/// <param name="Test">Metrics on the test split of the best weights, for a completed run.</param>
public sealed record RunEnded(long Step, RunOutcome Outcome, string? Reason, IReadOnlyDictionary<string, double>? Test) : TrainingEvent;

[JsonConverter(typeof(JsonStringEnumConverter<RunOutcome>))]
public enum RunOutcome
{
    Completed,
    Stopped,
    Failed,
}

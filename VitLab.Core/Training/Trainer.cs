using VitLab.Experiments;
using VitLab.Vision;

namespace VitLab.Training;

/// <summary>
/// Trains one model and tells what happens as an iterator of events. Everything is called on the one thread that enumerates
/// <see cref="Run"/>; the other members are for the moments between two events. Reads and writes no files.
/// </summary>
public sealed class Trainer : IDisposable
{
    /// <exception cref="OptionException">When the options cannot be run.</exception>
    /// <exception cref="Models.CheckpointException">When the checkpoint to resume or transfer from does not fit.</exception>
    public Trainer(TrainingPlan plan)
    {
        OptionSchema.Of(plan.Experiment).Check(plan.Options);
        Plan = plan;
        Learner = plan.Experiment.CreateLearner(plan.Options);
    }

    public TrainingPlan Plan { get; }

    /// <summary>The model being trained. With weight averaging on, <see cref="Read"/> and <see cref="CaptureWeights"/> use the averaged twin instead.</summary>
    public Learner Learner { get; }

    /// <summary>Steps taken, over all sessions of the run.</summary>
    public long Step { get; }

    /// <summary>Epoch of the next step, from 1.</summary>
    public int Epoch { get; }

    public int StepsPerEpoch { get; }

    public long TotalSteps => (long)StepsPerEpoch * Plan.Options.Epochs;

    /// <summary>Seconds spent training and validating, pauses excluded, over all sessions of the run.</summary>
    public double ActiveSeconds { get; }

    /// <summary>
    /// Trains to the end of the plan: <see cref="RunStarted"/>, a <see cref="StepCompleted"/> after every step with validations and
    /// epochs between, and <see cref="RunEnded"/> last. Can be enumerated once.
    /// </summary>
    public IEnumerable<TrainingEvent> Run() => throw new NotSupportedException(Plan.Preset);

    /// <summary>The next event is <see cref="RunEnded"/> with <see cref="RunOutcome.Stopped"/>.</summary>
    public void RequestStop() => throw new NotSupportedException(Plan.Preset);

    /// <summary>
    /// Takes <paramref name="rate"/> at the next step and goes on down the cosine from there; tells it as <see cref="LearningRateChanged"/>.
    /// </summary>
    /// <exception cref="OptionException">When the rate is not a positive number within the option's range.</exception>
    public void SetLearningRate(double rate) => throw new NotSupportedException(Plan.Preset);

    /// <summary>A checkpoint this run can go on from.</summary>
    public Checkpoint Capture() => throw new NotSupportedException();

    /// <summary>The weights that are evaluated (the averaged ones when averaging is on), without training state.</summary>
    public Checkpoint CaptureWeights() => throw new NotSupportedException();

    /// <summary>Reads one prepared picture with the newest evaluated weights. Training goes on as if it had not happened.</summary>
    public Reading Read(GrayImage prepared, bool withAttention) => Learner.Read(prepared, withAttention);

    public void Dispose() => Learner.Dispose();
}

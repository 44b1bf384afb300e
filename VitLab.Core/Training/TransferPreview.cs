using VitLab.Experiments;
using VitLab.Models;

namespace VitLab.Training;

/// <summary>What a run would take over from a checkpoint, found out without training: a model is made, filled and let go.</summary>
public static class TransferPreview
{
    /// <param name="options">The run's own, which decide the shapes of its model.</param>
    /// <param name="source">Of any experiment.</param>
    public static TransferReport Of(Experiment experiment, TrainingOptions options, Checkpoint source)
    {
        using var learner = experiment.CreateLearner(options);
        return StateDict.Transfer(learner.Network, source.ModelTensors.ToDictionary());
    }
}

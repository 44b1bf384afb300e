using VitLab.Data;
using VitLab.Experiments;
using VitLab.Models;
using VitLab.Vision;

namespace VitLab.Inference;

/// <summary>Reads pictures with the weights of a checkpoint, in a model of its own. One thread at a time.</summary>
public sealed class Predictor : IDisposable
{
    private readonly Learner _learner;

    /// <param name="device">Where it computes; the CPU by default, so that answering pictures takes nothing from a run that trains on a GPU.</param>
    /// <exception cref="CheckpointException">When the weights do not fit the experiment they name.</exception>
    public Predictor(Checkpoint checkpoint, ComputeDevice? device = null)
    {
        Info = checkpoint.Info;
        Experiment = ExperimentCatalog.Find(Info.Experiment);
        _learner = Experiment.CreateLearner(Info.Options);
        StateDict.Import(_learner.Network, checkpoint.ModelTensors.ToDictionary(), Info.Experiment);
        _learner.MoveTo(device ?? Hardware.This.Cpu);
    }

    public CheckpointInfo Info { get; }

    public Experiment Experiment { get; }

    /// <param name="prepared">From <see cref="Experiment.Prepare(Drawing, TrainingOptions, bool)"/>.</param>
    /// <param name="withAttention">Also records the attention of every layer and head.</param>
    public Reading Read(PlanarImage prepared, bool withAttention) => _learner.Read(prepared, withAttention);

    /// <summary>Loss and metrics over all of these images.</summary>
    public Evaluation Evaluate(ImageSet images) => Evaluate(images, [.. Enumerable.Range(0, images.Count)]);

    /// <summary>The same over some of them.</summary>
    /// <exception cref="DataException">When these weights read images of another shape.</exception>
    public Evaluation Evaluate(ImageSet images, ReadOnlySpan<int> indices)
    {
        var (wanted, got) = (Experiment.SourceImages(Info.Options), new ImageShape(images.Channels, images.Height, images.Width));
        return got == wanted ? _learner.Evaluate(images, indices) : throw new DataException(
            $"data: {Info.Experiment} reads images of {wanted.Channels} × {wanted.Height} × {wanted.Width}, got {got.Channels} × {got.Height} × {got.Width}.");
    }

    /// <summary>The same over all of these images for each kind of sample by itself; nothing for tasks that have one kind.</summary>
    public IEnumerable<EvaluationPart> EvaluateParts(ImageSet images) => _learner.EvaluateParts(images, [.. Enumerable.Range(0, images.Count)]);

    public void Dispose() => _learner.Dispose();
}

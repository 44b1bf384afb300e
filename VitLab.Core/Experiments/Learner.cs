using VitLab.Data;
using VitLab.Insight;
using VitLab.Models;
using VitLab.Vision;

namespace VitLab.Experiments;

/// <summary>
/// A model together with what knows its task: composing batches, the loss, metrics, reading an answer. Everything but
/// <see cref="Compose"/> runs on the one thread that owns the run; <see cref="Compose"/> is pure and may run ahead on another thread.
/// </summary>
public abstract class Learner : IDisposable
{
    /// <summary>The network; its state dict has PyTorch-style names.</summary>
    public abstract torch.nn.Module Network { get; }

    /// <summary>Where the network is and batches go: the CPU until <see cref="MoveTo"/>, so that a seed starts from the same weights wherever it trains.</summary>
    protected Device Device { get; private set; } = torch.device("cpu");

    /// <summary>Moves the network. Before it has an optimizer, which keeps its state where the parameters are.</summary>
    public void MoveTo(ComputeDevice device)
    {
        Device = torch.device(device.Id);
        Network.to(Device);
    }

    /// <summary>
    /// The batch of these training images, augmented. Pure: the same (options, indices, epoch) give the same batch, so a resumed run
    /// sees what the uninterrupted one would have seen.
    /// </summary>
    /// <param name="epoch">From 1.</param>
    /// <param name="reuse">A batch nobody needs any more, overwritten and returned when it has the right size.</param>
    public abstract HostBatch Compose(ImageSet images, ReadOnlySpan<int> indices, int epoch, HostBatch? reuse = null);

    /// <summary>The same images, untouched by augmentation.</summary>
    public abstract HostBatch ComposePlain(ImageSet images, ReadOnlySpan<int> indices, HostBatch? reuse = null);

    /// <summary>Scalar training loss of a batch, inside the caller's dispose scope, in train mode.</summary>
    public abstract torch.Tensor Loss(HostBatch batch);

    /// <summary>Sets what an answer is read by, and what no gradient teaches, on validation images: thresholds, kept in the network's buffers. Most tasks have nothing of the kind.</summary>
    public virtual void Calibrate(ImageSet images, ReadOnlySpan<int> indices)
    {
    }

    /// <summary>Loss and metrics over images, without gradients, in eval mode. The loss is plain, without training's label smoothing.</summary>
    public abstract Evaluation Evaluate(ImageSet images, ReadOnlySpan<int> indices);

    /// <summary>The same for each kind of sample by itself, where a task has several: by size, by number of digits. None otherwise.</summary>
    public virtual IEnumerable<EvaluationPart> EvaluateParts(ImageSet images, ReadOnlySpan<int> indices) => [];

    /// <summary>Reads one prepared picture (see <see cref="Experiment.Prepare(Drawing, TrainingOptions, bool)"/>), in eval mode.</summary>
    /// <param name="withAttention">Also records the attention of every layer and head.</param>
    public abstract Reading Read(PlanarImage prepared, bool withAttention);

    public abstract void Dispose();
}

/// <summary>A composed batch on the host: float inputs with their shape and integer targets, ready for one copy to the device.</summary>
public sealed record HostBatch(int Count, float[] Inputs, long[] InputShape, long[] Targets, long[] TargetShape);

/// <param name="Metrics">By key ("accuracy"), each in 0…1 unless its name says otherwise.</param>
/// <param name="Confusion">Row-major counts [true, predicted] over the experiment's classes; null when the task has none.</param>
/// <param name="Mistakes">Worst first: image index, true class, predicted class, probability of the prediction; at most 200.</param>
public sealed record Evaluation(int Samples, double Loss, IReadOnlyDictionary<string, double> Metrics, int[]? Confusion, IReadOnlyList<Mistake> Mistakes);

/// <param name="Name">What the samples have in common: "3 digits", "91 × 91 px, never seen in training".</param>
public sealed record EvaluationPart(string Name, Evaluation Evaluation);

public sealed record Mistake(int Index, int Truth, int Predicted, float Probability);

/// <summary>An answer: what was read, as text and region by region, and where the model looked.</summary>
/// <param name="Text">The reading in one line, e.g. "7" or "1 2 3 4".</param>
/// <param name="Labels">The digits read, in reading order; right when they equal a drawing's or a sample's labels.</param>
public sealed record Reading(string Text, IReadOnlyList<int> Labels, IReadOnlyList<RegionReading> Regions, AttentionMaps? Attention)
{
    /// <summary>What a decoder emitted, one by one, the finishing token last; null for models that do not write.</summary>
    public IReadOnlyList<EmittedToken>? Tokens { get; init; }

    /// <summary>Where the decoder looked as it emitted each of <see cref="Tokens"/>; recorded together with <see cref="Attention"/>.</summary>
    public CrossAttentionMaps? CrossAttention { get; init; }

    /// <summary>How sure the model is of a digit at each patch; null for tasks whose regions are given.</summary>
    public PresenceMap? Presence { get; init; }
}

/// <summary>Chance of each patch to hold the middle of a digit, row by row, 255 = 1.</summary>
public sealed record PresenceMap(int GridHeight, int GridWidth, byte[] Weights);

/// <param name="Text">"7", "finish".</param>
/// <param name="Alternatives">The likeliest tokens at this place, the emitted one among them, largest probability first.</param>
public sealed record EmittedToken(string Text, float Probability, IReadOnlyList<TokenChoice> Alternatives);

public sealed record TokenChoice(string Text, float Probability);

/// <param name="Predicted">Index into the experiment's classes.</param>
/// <param name="Probabilities">One per class, summing to 1.</param>
/// <param name="Box">Where, in pixels of the prepared picture; null for the whole picture.</param>
public sealed record RegionReading(int Predicted, IReadOnlyList<float> Probabilities, RegionBox? Box)
{
    /// <summary>Chance that there is a digit at all, 0…1; null for tasks whose regions are given.</summary>
    public float? Presence { get; init; }
}

public sealed record RegionBox(float X, float Y, float Width, float Height);

using VitLab.Data;
using VitLab.Models;
using VitLab.Vision;

namespace VitLab.Experiments;

/// <summary>
/// What learners of pictures of digits share: filling batches, and counting answers batch by batch. Deriving classes say how one sample is
/// composed, what the loss is, and how answers are given.
/// </summary>
public abstract class DigitLearner : Learner
{
    private const int EvaluationBatch = 250;

    private readonly Experiment _experiment;
    private readonly ulong _seed;
    private readonly InputGeometry _picture;
    private readonly int _targetsPerSample;
    private readonly HostBatch _single;
    private HostBatch? _evaluationBatch;

    /// <param name="targetsPerSample">Length of a sample's row of <see cref="HostBatch.Targets"/>.</param>
    protected DigitLearner(Experiment experiment, TrainingOptions options, int targetsPerSample)
    {
        (_experiment, _seed, _targetsPerSample) = (experiment, (ulong)options.Seed, targetsPerSample);
        _picture = experiment.Geometry(options);
        _single = NewBatch(1);
    }

    public sealed override HostBatch Compose(ImageSet images, ReadOnlySpan<int> indices, int epoch, HostBatch? reuse = null)
    {
        var batch = Sized(reuse, indices.Length);
        var epochSeed = SeededRandom.Mix(_seed, (ulong)epoch);
        for (var i = 0; i < indices.Length; i++)
        {
            ComposeSample(images, SeededRandom.Mix(epochSeed, (ulong)indices[i]), indices[i], PictureOf(batch, i), TargetsOf(batch, i));
            DigitPixels.Normalize(PictureOf(batch, i));
        }

        return batch;
    }

    public sealed override HostBatch ComposePlain(ImageSet images, ReadOnlySpan<int> indices, HostBatch? reuse = null)
    {
        var batch = Sized(reuse, indices.Length);
        for (var i = 0; i < indices.Length; i++)
        {
            ComposePlainSample(images, indices[i], PictureOf(batch, i), TargetsOf(batch, i));
            DigitPixels.Normalize(PictureOf(batch, i));
        }

        return batch;
    }

    public sealed override Evaluation Evaluate(ImageSet images, ReadOnlySpan<int> indices)
    {
        var score = new DigitScore(_experiment.Classes.Count);
        for (var start = 0; start < indices.Length; start += EvaluationBatch)
        {
            var slice = indices[start..Math.Min(start + EvaluationBatch, indices.Length)];
            _evaluationBatch = ComposePlain(images, slice, _evaluationBatch);
            Score(_evaluationBatch, slice, score);
        }

        return score.ToEvaluation(_experiment.Measure);
    }

    public sealed override void Dispose()
    {
        Network.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A training sample.</summary>
    /// <param name="seed">Of everything that is left to chance in it: of the run's seed, the epoch and the index.</param>
    /// <param name="pixels">Height × Width, row by row, in 0…1.</param>
    protected abstract void ComposeSample(ImageSet images, ulong seed, int index, Span<float> pixels, Span<long> targets);

    /// <summary>The same without chance: a sample of evaluation.</summary>
    protected abstract void ComposePlainSample(ImageSet images, int index, Span<float> pixels, Span<long> targets);

    /// <summary>Reads a batch and counts its answers.</summary>
    /// <param name="indices">Of the batch's samples in their split.</param>
    private protected abstract void Score(HostBatch batch, ReadOnlySpan<int> indices, DigitScore score);

    /// <summary>A batch of one prepared picture, overwritten by the next; its targets mean nothing.</summary>
    /// <exception cref="ArgumentException">When the picture has another size.</exception>
    protected HostBatch Single(GrayImage prepared)
    {
        DigitPixels.Normalize(prepared, _picture.Width, _picture.Height, _single.Inputs);
        return _single;
    }

    /// <summary>A sample's row of targets.</summary>
    protected Span<long> TargetsOf(HostBatch batch, int sample) => batch.Targets.AsSpan(sample * _targetsPerSample, _targetsPerSample);

    /// <summary>(B, 1, H, W) on the device.</summary>
    protected Tensor Inputs(HostBatch batch) => torch.tensor(batch.Inputs, batch.InputShape, device: Device);

    /// <summary>(B, targets per sample) on the device.</summary>
    protected Tensor Targets(HostBatch batch) => torch.tensor(batch.Targets, batch.TargetShape, device: Device);

    private Span<float> PictureOf(HostBatch batch, int sample)
    {
        var pixels = _picture.Height * _picture.Width;
        return batch.Inputs.AsSpan(sample * pixels, pixels);
    }

    private HostBatch Sized(HostBatch? reuse, int count) => reuse?.Count == count ? reuse : NewBatch(count);

    private HostBatch NewBatch(int count) => new(
        count,
        new float[count * _picture.Height * _picture.Width],
        [count, 1, _picture.Height, _picture.Width],
        new long[count * _targetsPerSample],
        [count, _targetsPerSample]);
}

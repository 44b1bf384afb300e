using VitLab.Data;
using VitLab.Models;
using VitLab.Vision;

namespace VitLab.Experiments;

/// <summary>
/// What learners of pictures share: filling batches, and counting answers batch by batch. Deriving classes say how one sample is composed, how
/// pixels are scaled, what the loss is, and how answers are given.
/// </summary>
/// <typeparam name="TScore">What answers are counted by.</typeparam>
public abstract class PictureLearner<TScore> : Learner
    where TScore : DigitScore
{
    private const int EvaluationBatch = 250;

    private readonly ulong _seed;
    private readonly InputGeometry _picture;
    private readonly int _targetsPerSample;
    private readonly SpareBatches _spare = new();
    private HostBatch? _single;

    /// <param name="targetsPerSample">Length of a sample's row of <see cref="HostBatch.Targets"/>.</param>
    protected PictureLearner(Experiment experiment, TrainingOptions options, int targetsPerSample)
    {
        (_seed, _targetsPerSample) = ((ulong)options.Seed, targetsPerSample);
        _picture = experiment.Geometry(options);
    }

    public sealed override HostBatch Compose(ImageSet images, ReadOnlySpan<int> indices, int epoch, HostBatch? reuse = null)
    {
        var epochSeed = SeededRandom.Mix(_seed, (ulong)epoch);
        var picture = TrainingPicture(SeededRandom.Mix(epochSeed, (ulong)indices[0]));
        var batch = Sized(reuse, indices.Length, picture);
        for (var i = 0; i < indices.Length; i++)
        {
            ComposeSample(images, SeededRandom.Mix(epochSeed, (ulong)indices[i]), indices[i], picture, PixelsOf(batch, i), TargetsOf(batch, i));
            Normalize(PixelsOf(batch, i));
        }

        return batch;
    }

    public sealed override HostBatch ComposePlain(ImageSet images, ReadOnlySpan<int> indices, HostBatch? reuse = null) => ComposePlain(images, indices, _picture, reuse);

    public sealed override Evaluation Evaluate(ImageSet images, ReadOnlySpan<int> indices) => Evaluate(images, indices, _picture);

    public sealed override void Dispose()
    {
        Network.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Size of a training batch's pictures, all alike; the task's own unless it has several.</summary>
    /// <param name="seed">Of the run's seed, the epoch and the batch's first index.</param>
    protected virtual InputGeometry TrainingPicture(ulong seed) => _picture;

    /// <summary>Size of a prepared picture that the model can read; the task's own unless it reads several.</summary>
    protected virtual InputGeometry PictureOf(PlanarImage prepared) => _picture;

    /// <summary>Shifts and scales the pixels of a picture, from 0…1 to what the network reads.</summary>
    /// <param name="pixels">(C, H, W), row-major; overwritten.</param>
    protected abstract void Normalize(Span<float> pixels);

    /// <summary>A training sample.</summary>
    /// <param name="seed">Of everything that is left to chance in it: of the run's seed, the epoch and the index.</param>
    /// <param name="pixels">Of the picture, channel by channel and row by row, in 0…1.</param>
    protected abstract void ComposeSample(ImageSet images, ulong seed, int index, InputGeometry picture, Span<float> pixels, Span<long> targets);

    /// <summary>The same without chance: a sample of evaluation.</summary>
    protected abstract void ComposePlainSample(ImageSet images, int index, InputGeometry picture, Span<float> pixels, Span<long> targets);

    /// <summary>Nothing counted yet.</summary>
    private protected abstract TScore NewScore();

    /// <summary>Reads a batch and counts its answers.</summary>
    /// <param name="indices">Of the batch's samples in their split.</param>
    private protected abstract void Score(HostBatch batch, ReadOnlySpan<int> indices, TScore score);

    /// <summary>As <see cref="Evaluate(ImageSet, ReadOnlySpan{int})"/>, on pictures of this size.</summary>
    protected Evaluation Evaluate(ImageSet images, ReadOnlySpan<int> indices, InputGeometry picture)
    {
        var score = NewScore();
        foreach (var (batch, slice) in PlainBatches(images, indices.ToArray(), picture))
        {
            Score(batch, slice, score);
        }

        return score.ToEvaluation();
    }

    /// <summary>Evaluation samples batch by batch with their indices, each valid until the next.</summary>
    protected IEnumerable<(HostBatch Batch, int[] Indices)> PlainBatches(ImageSet images, int[] indices, InputGeometry picture)
    {
        HostBatch? batch = null;
        foreach (var slice in indices.Chunk(EvaluationBatch))
        {
            batch = ComposePlain(images, slice, picture, batch);
            yield return (batch, slice);
        }

        if (batch is not null)
        {
            _spare.Return(batch);
        }
    }

    private HostBatch ComposePlain(ImageSet images, ReadOnlySpan<int> indices, InputGeometry picture, HostBatch? reuse)
    {
        var batch = Sized(reuse, indices.Length, picture);
        for (var i = 0; i < indices.Length; i++)
        {
            ComposePlainSample(images, indices[i], picture, PixelsOf(batch, i), TargetsOf(batch, i));
            Normalize(PixelsOf(batch, i));
        }

        return batch;
    }

    /// <summary>A batch of one prepared picture, overwritten by the next; its targets mean nothing.</summary>
    /// <exception cref="ArgumentException">When the picture has a size that the model cannot read.</exception>
    protected HostBatch Single(PlanarImage prepared)
    {
        var picture = PictureOf(prepared);
        if ((prepared.Channels, prepared.Width, prepared.Height) != (picture.Channels, picture.Width, picture.Height))
        {
            throw new ArgumentException(
                $"prepared: expected {picture.Width} × {picture.Height} pixels in {picture.Channels} channel{(picture.Channels == 1 ? "" : "s")}, got {prepared.Width} × {prepared.Height} in {prepared.Channels}.", nameof(prepared));
        }

        _single = Sized(_single, 1, picture);
        Augmenter.Plain(prepared.Pixels, _single.Inputs);
        Normalize(_single.Inputs);
        return _single;
    }

    /// <summary>A sample's row of targets.</summary>
    protected Span<long> TargetsOf(HostBatch batch, int sample) => batch.Targets.AsSpan(sample * _targetsPerSample, _targetsPerSample);

    /// <summary>(B, C, H, W) on the device.</summary>
    protected Tensor Inputs(HostBatch batch) => torch.tensor(batch.Inputs, batch.InputShape, device: Device);

    /// <summary>(B, targets per sample) on the device.</summary>
    protected Tensor Targets(HostBatch batch) => torch.tensor(batch.Targets, batch.TargetShape, device: Device);

    private static Span<float> PixelsOf(HostBatch batch, int sample)
    {
        var pixels = batch.Inputs.Length / batch.Count;
        return batch.Inputs.AsSpan(sample * pixels, pixels);
    }

    private HostBatch Sized(HostBatch? reuse, int count, InputGeometry picture) => _spare.Exchange(reuse, count, picture) ?? new HostBatch(
        count,
        new float[count * picture.Channels * picture.Height * picture.Width],
        [count, picture.Channels, picture.Height, picture.Width],
        new long[count * _targetsPerSample],
        [count, _targetsPerSample]);
}

using VitLab.Data;
using VitLab.Models;
using VitLab.Vision;

namespace VitLab.Experiments;

/// <summary>What learners of grids share: composing grids of source digits into batches, and counting answers. Deriving classes say what targets are and how an answer is given.</summary>
public abstract class GridLearner : Learner
{
    private const int EvaluationBatch = 250;

    private readonly GridOptions _options;
    private readonly GridComposer _composer;
    private readonly int _targetsPerGrid;
    private readonly int _classes;
    private HostBatch? _evaluationBatch;

    /// <param name="targetsPerGrid">Length of a grid's row of <see cref="HostBatch.Targets"/>.</param>
    /// <param name="classes">Of the confusion matrix.</param>
    protected GridLearner(GridOptions options, int targetsPerGrid, int classes)
    {
        (_options, _targetsPerGrid, _classes) = (options, targetsPerGrid, classes);
        _composer = options.ToComposer();
    }

    /// <summary>Class that stands for an empty cell in targets of cells.</summary>
    protected const int EmptyClass = 10;

    public override HostBatch Compose(ImageSet images, ReadOnlySpan<int> indices, int epoch, HostBatch? reuse = null)
    {
        var batch = Sized(reuse, indices.Length);
        var epochSeed = SeededRandom.Mix((ulong)_options.Seed, (ulong)epoch);
        Span<int> labels = stackalloc int[_composer.Cells];
        for (var i = 0; i < indices.Length; i++)
        {
            _composer.Compose(images, SeededRandom.Mix(epochSeed, (ulong)indices[i]), Picture(batch, i), labels);
            Finish(batch, i, labels);
        }

        return batch;
    }

    public override HostBatch ComposePlain(ImageSet images, ReadOnlySpan<int> indices, HostBatch? reuse = null)
    {
        var batch = Sized(reuse, indices.Length);
        Span<int> labels = stackalloc int[_composer.Cells];
        for (var i = 0; i < indices.Length; i++)
        {
            _composer.ComposePlain(images, indices[i], Picture(batch, i), labels);
            Finish(batch, i, labels);
        }

        return batch;
    }

    public override Evaluation Evaluate(ImageSet images, ReadOnlySpan<int> indices)
    {
        var score = new GridScore(_classes);
        for (var start = 0; start < indices.Length; start += EvaluationBatch)
        {
            var slice = indices[start..Math.Min(start + EvaluationBatch, indices.Length)];
            _evaluationBatch = ComposePlain(images, slice, _evaluationBatch);
            Score(_evaluationBatch, slice, score);
        }

        return score.ToEvaluation();
    }

    public override void Dispose()
    {
        Network.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Puts a grid's labels (<see cref="GridComposer.Empty"/> where there is no digit) into its row of targets.</summary>
    protected abstract void WriteTargets(ReadOnlySpan<int> labels, Span<long> targets);

    /// <summary>Reads a batch and counts its answers.</summary>
    /// <param name="indices">Of the batch's grids.</param>
    private protected abstract void Score(HostBatch batch, ReadOnlySpan<int> indices, GridScore score);

    /// <summary>A grid's row of targets.</summary>
    protected ReadOnlySpan<long> TargetsOf(HostBatch batch, int grid) => batch.Targets.AsSpan(grid * _targetsPerGrid, _targetsPerGrid);

    /// <summary>(B, 1, H, W) on the device.</summary>
    protected static Tensor Inputs(HostBatch batch) => torch.tensor(batch.Inputs, batch.InputShape, device: Compute.Device);

    /// <summary>(B, targets per grid) on the device.</summary>
    protected static Tensor Targets(HostBatch batch) => torch.tensor(batch.Targets, batch.TargetShape, device: Compute.Device);

    /// <summary>A batch of one prepared picture; its targets mean nothing.</summary>
    protected HostBatch Single(GrayImage prepared)
    {
        var batch = NewBatch(1);
        DigitPixels.Normalize(prepared, _options.PictureSide, _options.PictureSide, batch.Inputs);
        return batch;
    }

    private void Finish(HostBatch batch, int grid, ReadOnlySpan<int> labels)
    {
        DigitPixels.Normalize(Picture(batch, grid));
        WriteTargets(labels, batch.Targets.AsSpan(grid * _targetsPerGrid, _targetsPerGrid));
    }

    private Span<float> Picture(HostBatch batch, int grid)
    {
        var pixels = _options.PictureSide * _options.PictureSide;
        return batch.Inputs.AsSpan(grid * pixels, pixels);
    }

    private HostBatch Sized(HostBatch? reuse, int count) => reuse?.Count == count ? reuse : NewBatch(count);

    private HostBatch NewBatch(int count)
    {
        var side = _options.PictureSide;
        return new HostBatch(count, new float[count * side * side], [count, 1, side, side], new long[count * _targetsPerGrid], [count, _targetsPerGrid]);
    }
}

using VitLab.Data;
using VitLab.Models;

namespace VitLab.Experiments;

/// <summary>What learners of sequences share: strips composed of source digits, and one number that the model, transformer or baseline, says of each.</summary>
/// <typeparam name="TScore">What answers are counted by.</typeparam>
public abstract class SequenceLearner<TScore> : DigitLearner<TScore>
    where TScore : DigitScore
{
    private readonly SequenceExperiment _experiment;
    private readonly SequenceComposer _composer;
    private readonly Module<Tensor, Tensor> _network;

    /// <param name="transformer">Makes the model that the baseline is compared with.</param>
    protected SequenceLearner(SequenceExperiment experiment, SequenceOptions options, Func<SequenceConfig, Module<Tensor, Tensor>> transformer)
        : base(experiment, options, targetsPerSample: 1)
    {
        (_experiment, _composer) = (experiment, experiment.Composer(options.ToAugmentation()));
        torch.manual_seed(options.Seed);
        _network = options.Model == SequenceOptions.Transformer
            ? transformer(options.ToConfig(_composer.Cells))
            : new FullyConnected(_composer.Width * SequenceComposer.Height, options.Hidden);
    }

    public sealed override nn.Module Network => _network;

    protected sealed override void ComposeSample(ImageSet images, ulong seed, int index, InputGeometry picture, Span<float> pixels, Span<long> targets)
    {
        Span<int> labels = stackalloc int[_composer.Cells];
        _composer.Compose(images, seed, pixels, labels);
        targets[0] = _experiment.Answer(labels);
    }

    protected sealed override void ComposePlainSample(ImageSet images, int index, InputGeometry picture, Span<float> pixels, Span<long> targets)
    {
        Span<int> labels = stackalloc int[_composer.Cells];
        _composer.ComposePlain(images, index, pixels, labels);
        targets[0] = _experiment.Answer(labels);
    }

    /// <summary>What the model says of a batch (B), with gradients.</summary>
    protected Tensor Outputs(HostBatch batch) => _network.call(Inputs(batch));

    /// <summary>What it should say, as numbers (B).</summary>
    protected Tensor Wanted(HostBatch batch) => Targets(batch).flatten().to_type(ScalarType.Float32);

    /// <summary>What the model says of each strip of a batch, in eval mode.</summary>
    protected float[] Answers(HostBatch batch)
    {
        using var evaluation = new EvalMode(_network);
        return Outputs(batch).cpu().data<float>().ToArray();
    }

    private protected sealed override void Score(HostBatch batch, ReadOnlySpan<int> indices, TScore score)
    {
        var answers = Answers(batch);
        for (var strip = 0; strip < indices.Length; strip++)
        {
            Score(indices[strip], (int)TargetsOf(batch, strip)[0], answers[strip], score);
        }
    }

    /// <summary>Counts one answer.</summary>
    /// <param name="index">Of the sample in its split.</param>
    /// <param name="truth">The right answer.</param>
    /// <param name="output">What the model says.</param>
    private protected abstract void Score(int index, int truth, float output, TScore score);
}

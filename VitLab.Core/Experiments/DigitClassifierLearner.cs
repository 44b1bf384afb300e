using VitLab.Data;
using VitLab.Vision;

namespace VitLab.Experiments;

/// <summary>What learners of one digit share: cross entropy on digits that are varied in training.</summary>
public abstract class DigitClassifierLearner : ClassifierLearner
{
    private readonly DigitOptions _options;
    private readonly Augmenter _augmenter;

    protected DigitClassifierLearner(DigitExperiment experiment, DigitOptions options)
        : base(experiment, options, targetsPerSample: 1)
    {
        _options = options;
        _augmenter = new Augmenter(options.ToAugmentation(), SingleDigitOptions.Side, SingleDigitOptions.Side);
    }

    public sealed override Tensor Loss(HostBatch batch)
    {
        var logits = Classifier.call(Inputs(batch));                                           // (B, classes)
        return functional.cross_entropy(logits, Targets(batch).flatten(), label_smoothing: _options.LabelSmoothing);
    }

    protected sealed override void Normalize(Span<float> pixels) => DigitPixels.Normalize(pixels);

    protected sealed override void ComposeSample(ImageSet images, ulong seed, int index, InputGeometry picture, Span<float> pixels, Span<long> targets)
    {
        _augmenter.Apply(images.Image(index), pixels, seed);
        targets[0] = images.Label(index);
    }

    protected sealed override void ComposePlainSample(ImageSet images, int index, InputGeometry picture, Span<float> pixels, Span<long> targets)
    {
        Augmenter.Plain(images.Image(index), pixels);
        targets[0] = images.Label(index);
    }
}

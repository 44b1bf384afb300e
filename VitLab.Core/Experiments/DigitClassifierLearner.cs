using System.Globalization;
using VitLab.Data;
using VitLab.Insight;
using VitLab.Vision;

namespace VitLab.Experiments;

/// <summary>What learners of one digit share: cross entropy, accuracy, one region covering the picture.</summary>
public abstract class DigitClassifierLearner : DigitLearner<DigitScore>
{
    private readonly DigitExperiment _experiment;
    private readonly DigitOptions _options;
    private readonly Augmenter _augmenter;

    protected DigitClassifierLearner(DigitExperiment experiment, DigitOptions options)
        : base(experiment, options, targetsPerSample: 1)
    {
        (_experiment, _options) = (experiment, options);
        _augmenter = new Augmenter(options.ToAugmentation(), SingleDigitOptions.Side, SingleDigitOptions.Side);
    }

    public sealed override nn.Module Network => Classifier;

    /// <summary>Logits (B, classes) of images (B, 1, 28, 28).</summary>
    protected abstract Module<Tensor, Tensor> Classifier { get; }

    public sealed override Tensor Loss(HostBatch batch)
    {
        var logits = Classifier.call(Inputs(batch));                                           // (B, classes)
        return functional.cross_entropy(logits, Targets(batch).flatten(), label_smoothing: _options.LabelSmoothing);
    }

    public sealed override Reading Read(GrayImage prepared, bool withAttention)
    {
        using var recorder = withAttention ? Recorder() : null;
        var probabilities = Probabilities(Single(prepared));
        var predicted = Likelihood.Largest(probabilities);
        return new Reading(
            predicted.ToString(CultureInfo.InvariantCulture),
            [predicted],
            [new RegionReading(predicted, probabilities, Box: null)],
            recorder?.ToMaps());
    }

    /// <summary>Of the classifier's attention; null when it has none.</summary>
    protected virtual AttentionRecorder? Recorder() => null;

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

    private protected sealed override DigitScore NewScore() => new(_experiment.Classes.Count, _experiment.Measure);

    private protected sealed override void Score(HostBatch batch, ReadOnlySpan<int> indices, DigitScore score)
    {
        var probabilities = Probabilities(batch);
        var classes = probabilities.Length / indices.Length;
        for (var i = 0; i < indices.Length; i++)
        {
            var row = probabilities.AsSpan(i * classes, classes);
            var (truth, predicted) = ((int)TargetsOf(batch, i)[0], Likelihood.Largest(row));
            score.Add(indices[i], [truth], [predicted], [row[predicted]]);
            score.AddLoss(Likelihood.NegativeLog(row[truth]));
        }
    }

    /// <summary>(B, classes), row-major.</summary>
    private float[] Probabilities(HostBatch batch)
    {
        using var evaluation = new EvalMode(Classifier);
        return functional.softmax(Classifier.call(Inputs(batch)), dim: 1).cpu().data<float>().ToArray();
    }
}

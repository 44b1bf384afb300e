using System.Globalization;
using VitLab.Data;
using VitLab.Insight;
using VitLab.Models;
using VitLab.Vision;

namespace VitLab.Experiments;

/// <summary>A <see cref="VisionTransformer"/> that tells ten digits apart: cross entropy, accuracy, one region covering the picture.</summary>
public sealed class SingleDigitLearner : DigitLearner<DigitScore>
{
    private readonly SingleDigit _experiment;
    private readonly SingleDigitOptions _options;
    private readonly VisionTransformer _network;
    private readonly Augmenter _augmenter;

    public SingleDigitLearner(SingleDigit experiment, SingleDigitOptions options)
        : base(experiment, options, targetsPerSample: 1)
    {
        (_experiment, _options) = (experiment, options);
        torch.manual_seed(options.Seed);
        _network = new VisionTransformer(options.ToConfig(), experiment.Classes(options).Count);
        _augmenter = new Augmenter(options.ToAugmentation(), SingleDigitOptions.Side, SingleDigitOptions.Side);
    }

    public override nn.Module Network => _network;

    public override Tensor Loss(HostBatch batch)
    {
        var logits = _network.call(Inputs(batch));                                             // (B, classes)
        return functional.cross_entropy(logits, Targets(batch).flatten(), label_smoothing: _options.LabelSmoothing);
    }

    public override Reading Read(PlanarImage prepared, bool withAttention)
    {
        using var recorder = withAttention ? new AttentionRecorder(_network) : null;
        var probabilities = Probabilities(Single(prepared));
        var predicted = Likelihood.Largest(probabilities);
        return new Reading(
            predicted.ToString(CultureInfo.InvariantCulture),
            [predicted],
            [new RegionReading(predicted, probabilities, Box: null)],
            recorder?.ToMaps());
    }

    protected override void ComposeSample(ImageSet images, ulong seed, int index, InputGeometry picture, Span<float> pixels, Span<long> targets)
    {
        _augmenter.Apply(images.Image(index), pixels, seed);
        targets[0] = images.Label(index);
    }

    protected override void ComposePlainSample(ImageSet images, int index, InputGeometry picture, Span<float> pixels, Span<long> targets)
    {
        Augmenter.Plain(images.Image(index), pixels);
        targets[0] = images.Label(index);
    }

    private protected override DigitScore NewScore() => new(_experiment.Classes(_options).Count, _experiment.Measure);

    private protected override void Score(HostBatch batch, ReadOnlySpan<int> indices, DigitScore score)
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
        using var evaluation = new EvalMode(_network);
        return functional.softmax(_network.call(Inputs(batch)), dim: 1).cpu().data<float>().ToArray();
    }
}

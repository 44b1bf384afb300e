using VitLab.Data;
using VitLab.Insight;
using VitLab.Vision;

namespace VitLab.Experiments;

/// <summary>What learners that tell the class of a whole picture share: reading probabilities, accuracy, one region covering the picture.</summary>
public abstract class ClassifierLearner : PictureLearner<DigitScore>
{
    private readonly IReadOnlyList<string> _classes;
    private readonly Func<AnswerCount, IReadOnlyDictionary<string, double>> _measure;

    /// <param name="targetsPerSample">Length of a sample's row of <see cref="HostBatch.Targets"/>, of which the first is its class.</param>
    protected ClassifierLearner(Experiment experiment, TrainingOptions options, int targetsPerSample)
        : base(experiment, options, targetsPerSample) => (_classes, _measure) = (experiment.Classes(options), experiment.Measure);

    public sealed override nn.Module Network => Classifier;

    /// <summary>Logits (B, classes) of images (B, C, H, W).</summary>
    protected abstract Module<Tensor, Tensor> Classifier { get; }

    public sealed override Reading Read(PlanarImage prepared, bool withAttention)
    {
        using var recorder = withAttention ? Recorder() : null;
        var probabilities = Probabilities(Single(prepared));
        var predicted = Likelihood.Largest(probabilities);
        return new Reading(_classes[predicted], [predicted], [new RegionReading(predicted, probabilities, Box: null)], recorder?.ToMaps());
    }

    /// <summary>Of the classifier's attention; null when it has none.</summary>
    protected virtual AttentionRecorder? Recorder() => null;

    private protected sealed override DigitScore NewScore() => new(_classes.Count, _measure);

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

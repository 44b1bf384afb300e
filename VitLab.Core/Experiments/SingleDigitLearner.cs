using VitLab.Data;
using VitLab.Insight;
using VitLab.Models;
using VitLab.Vision;

namespace VitLab.Experiments;

/// <summary>A <see cref="VisionTransformer"/> that tells ten digits apart: cross entropy, accuracy, one region covering the picture.</summary>
public sealed class SingleDigitLearner : Learner
{
    private const int EvaluationBatch = 250, MostMistakes = 200;

    private readonly SingleDigitOptions _options;
    private readonly int _classes;
    private readonly VisionTransformer _network;
    private readonly Augmenter _augmenter;
    private readonly HostBatch _single = NewBatch(1);
    private HostBatch? _evaluationBatch;

    public SingleDigitLearner(SingleDigitOptions options, int classes)
    {
        (_options, _classes) = (options, classes);
        torch.manual_seed(options.Seed);
        _network = new VisionTransformer(options.ToConfig(), classes).to(Compute.Device);
        _augmenter = new Augmenter(options.ToAugmentation(), SingleDigitOptions.Side, SingleDigitOptions.Side);
    }

    public override nn.Module Network => _network;

    public override HostBatch Compose(ImageSet images, ReadOnlySpan<int> indices, int epoch, HostBatch? reuse = null)
    {
        var batch = Sized(reuse, indices.Length);
        var epochSeed = SeededRandom.Mix((ulong)_options.Seed, (ulong)epoch);
        for (var i = 0; i < indices.Length; i++)
        {
            var pixels = Picture(batch, i);
            _augmenter.Apply(images.Image(indices[i]), pixels, SeededRandom.Mix(epochSeed, (ulong)indices[i]));
            DigitPixels.Normalize(pixels);
            batch.Targets[i] = images.Label(indices[i]);
        }

        return batch;
    }

    public override HostBatch ComposePlain(ImageSet images, ReadOnlySpan<int> indices, HostBatch? reuse = null)
    {
        var batch = Sized(reuse, indices.Length);
        for (var i = 0; i < indices.Length; i++)
        {
            var pixels = Picture(batch, i);
            Augmenter.Plain(images.Image(indices[i]), pixels);
            DigitPixels.Normalize(pixels);
            batch.Targets[i] = images.Label(indices[i]);
        }

        return batch;
    }

    public override Tensor Loss(HostBatch batch)
    {
        var logits = _network.call(Inputs(batch));                                             // (B, classes)
        var targets = torch.tensor(batch.Targets, batch.TargetShape, device: Compute.Device);  // (B)
        return functional.cross_entropy(logits, targets, label_smoothing: _options.LabelSmoothing);
    }

    public override Evaluation Evaluate(ImageSet images, ReadOnlySpan<int> indices)
    {
        var confusion = new Confusion(_classes);
        var mistakes = new List<Mistake>();
        double loss = 0;
        for (var start = 0; start < indices.Length; start += EvaluationBatch)
        {
            var slice = indices[start..Math.Min(start + EvaluationBatch, indices.Length)];
            _evaluationBatch = ComposePlain(images, slice, _evaluationBatch);
            var probabilities = Probabilities(_evaluationBatch);
            for (var i = 0; i < slice.Length; i++)
            {
                var row = probabilities.AsSpan(i * _classes, _classes);
                var (truth, predicted) = ((int)_evaluationBatch.Targets[i], Likelihood.Largest(row));
                confusion.Add(truth, predicted);
                loss += Likelihood.NegativeLog(row[truth]);
                if (predicted != truth)
                {
                    mistakes.Add(new Mistake(slice[i], truth, predicted, row[predicted]));
                }
            }
        }

        return new Evaluation(
            confusion.Total,
            confusion.Total == 0 ? 0 : loss / confusion.Total,
            new Dictionary<string, double> { ["accuracy"] = confusion.Accuracy },
            confusion.Counts,
            [.. mistakes.OrderByDescending(mistake => mistake.Probability).Take(MostMistakes)]);
    }

    public override Reading Read(GrayImage prepared, bool withAttention)
    {
        DigitPixels.Normalize(prepared, SingleDigitOptions.Side, SingleDigitOptions.Side, _single.Inputs);
        using var recorder = withAttention ? new AttentionRecorder(_network) : null;
        var probabilities = Probabilities(_single);
        var predicted = Likelihood.Largest(probabilities);
        return new Reading(
            predicted.ToString(System.Globalization.CultureInfo.InvariantCulture),
            [predicted],
            [new RegionReading(predicted, probabilities, Box: null)],
            recorder?.ToMaps());
    }

    public override void Dispose() => _network.Dispose();

    /// <summary>(B, classes), row-major.</summary>
    private float[] Probabilities(HostBatch batch)
    {
        using var evaluation = new EvalMode(_network);
        return functional.softmax(_network.call(Inputs(batch)), dim: 1).cpu().data<float>().ToArray();
    }

    private static Tensor Inputs(HostBatch batch) => torch.tensor(batch.Inputs, batch.InputShape, device: Compute.Device);   // (B, 1, 28, 28)

    private static HostBatch Sized(HostBatch? reuse, int count) => reuse?.Count == count ? reuse : NewBatch(count);

    private static HostBatch NewBatch(int count) => new(
        count,
        new float[count * SingleDigitOptions.Side * SingleDigitOptions.Side],
        [count, 1, SingleDigitOptions.Side, SingleDigitOptions.Side],
        new long[count],
        [count]);

    private static Span<float> Picture(HostBatch batch, int index)
    {
        const int Pixels = SingleDigitOptions.Side * SingleDigitOptions.Side;
        return batch.Inputs.AsSpan(index * Pixels, Pixels);
    }
}

using VitLab.Data;
using VitLab.Insight;
using VitLab.Models;
using VitLab.Vision;

namespace VitLab.Experiments;

/// <summary>A <see cref="VisionTransformer"/> that tells ten digits apart: cross entropy, accuracy, one region covering the picture.</summary>
public sealed class SingleDigitLearner : Learner
{
    /// <summary>Mean and standard deviation of MNIST's training pixels in 0…1.</summary>
    public const float PixelMean = 0.1307f, PixelDeviation = 0.3081f;

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
            Normalize(pixels);
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
            Normalize(pixels);
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
                var (truth, predicted) = ((int)_evaluationBatch.Targets[i], Largest(row));
                confusion.Add(truth, predicted);
                loss -= Math.Log(Math.Max(row[truth], 1e-30f));
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
        if (prepared.Width != SingleDigitOptions.Side || prepared.Height != SingleDigitOptions.Side)
        {
            throw new ArgumentException($"prepared: expected {SingleDigitOptions.Side} × {SingleDigitOptions.Side} pixels, got {prepared.Width} × {prepared.Height}.", nameof(prepared));
        }

        Augmenter.Plain(prepared.Pixels, _single.Inputs);
        Normalize(_single.Inputs);
        using var recorder = withAttention ? new AttentionRecorder(_network) : null;
        var probabilities = Probabilities(_single);
        var predicted = Largest(probabilities);
        return new Reading(
            predicted.ToString(System.Globalization.CultureInfo.InvariantCulture),
            [predicted],
            [new RegionReading(predicted, probabilities, Box: null)],
            recorder?.ToMaps());
    }

    public override void Dispose() => _network.Dispose();

    // Softmax of the logits, (B, classes) row-major, in eval mode; the network goes on in the mode it was in.
    private float[] Probabilities(HostBatch batch)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        var training = _network.training;
        _network.eval();
        var probabilities = functional.softmax(_network.call(Inputs(batch)), dim: 1).cpu().data<float>().ToArray();
        if (training)
        {
            _network.train();
        }

        return probabilities;
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

    private static void Normalize(Span<float> pixels)
    {
        foreach (ref var pixel in pixels)
        {
            pixel = (pixel - PixelMean) * (1 / PixelDeviation);
        }
    }

    private static int Largest(ReadOnlySpan<float> values)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++)
        {
            best = values[i] > values[best] ? i : best;
        }

        return best;
    }
}

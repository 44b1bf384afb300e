using VitLab.Data;
using VitLab.Experiments;
using VitLab.Inference;
using VitLab.Models;

namespace VitLab.Web.Runs;

/// <summary>Measures weights on the corrections and on the test split, in slices short enough to stop between.</summary>
internal sealed class TeachingExam(Checkpoint weights, ComputeDevice device, ImageSet corrections, ImageSet test) : IDisposable
{
    private const int SliceSamples = 250;

    private readonly Predictor _predictor = new(weights, device);

    /// <summary>What was measured, once <see cref="Take"/> has been enumerated to its end.</summary>
    public TeachingScores? Scores { get; private set; }

    /// <summary>Reads on with every step and tells the share done, in 0…1.</summary>
    public IEnumerable<double> Take()
    {
        var (learned, kept) = (new Tally(), new Tally());
        var total = (double)corrections.Count + test.Count;
        foreach (var (images, tally, before) in new[] { (corrections, learned, 0), (test, kept, corrections.Count) })
        {
            for (var start = 0; start < images.Count; start += SliceSamples)
            {
                var end = Math.Min(start + SliceSamples, images.Count);
                tally.Add(_predictor.Evaluate(images, [.. Enumerable.Range(start, end - start)]));
                yield return (before + end) / total;
            }
        }

        Scores = new TeachingScores(learned.Metrics, kept.Metrics);
    }

    public void Dispose() => _predictor.Dispose();

    /// <summary>Metrics are shares of samples that all have as many parts, so slices weigh by their samples.</summary>
    private sealed class Tally
    {
        private readonly Dictionary<string, double> _right = [];
        private int _samples;

        public Dictionary<string, double> Metrics => _right.ToDictionary(pair => pair.Key, pair => pair.Value / _samples);

        public void Add(Evaluation evaluation)
        {
            _samples += evaluation.Samples;
            foreach (var (key, share) in evaluation.Metrics) _right[key] = _right.GetValueOrDefault(key) + (share * evaluation.Samples);
        }
    }
}

using VitLab.Experiments;
using VitLab.Training;
using VitLab.Web.Runs;

namespace VitLab.Web.Components.Runs;

/// <summary>A run's validation results in the order they came, folded from its events: what a comparison draws.</summary>
public sealed class RunCurve(int batchSize, IReadOnlyList<Metric> metrics)
{
    public const string LossKey = "loss";

    private DateTimeOffset? _clock;
    private double _activeSeconds;

    public List<long> Steps { get; } = [];

    /// <summary>Training samples seen until then: makes runs of different batch sizes comparable.</summary>
    public List<long> Samples { get; } = [];

    /// <summary>Training time until then, pauses and interruptions left out.</summary>
    public List<double> Seconds { get; } = [];

    /// <summary>By the keys of the experiment's metrics, and the loss: one value a look, NaN where it was not measured.</summary>
    public IReadOnlyDictionary<string, List<double>> Values { get; } = metrics.Select(metric => metric.Key).Append(LossKey).ToDictionary(key => key, _ => new List<double>());

    /// <returns>True when the curve has a new point.</returns>
    public bool Add(SequencedEvent happened)
    {
        Tick(happened);
        if (happened.Event is not ValidationCompleted validation)
        {
            return false;
        }

        Steps.Add(validation.Step);
        Samples.Add(validation.Step * batchSize);
        Seconds.Add(Math.Round(_activeSeconds, 2));
        foreach (var (key, values) in Values)
        {
            values.Add(key == LossKey ? validation.Evaluation.Loss : validation.Evaluation.Metrics.GetValueOrDefault(key, double.NaN));
        }

        return true;
    }

    /// <summary>The clock stands still between a pause and what follows it, and before a (re)start.</summary>
    private void Tick(SequencedEvent happened)
    {
        if (_clock is { } before && happened.Event is not (RunStarted or RunResumed))
        {
            _activeSeconds += Math.Max(0, (happened.At - before).TotalSeconds);
        }

        _clock = happened.Event is RunPaused or RunEnded ? null : happened.At;
    }
}

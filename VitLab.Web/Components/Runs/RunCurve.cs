using VitLab.Training;
using VitLab.Web.Runs;

namespace VitLab.Web.Components.Runs;

/// <summary>A run's validation results in the order they came, folded from its events: what a comparison draws.</summary>
public sealed class RunCurve(int batchSize)
{
    private DateTimeOffset? _clock;
    private double _activeSeconds;

    public List<long> Steps { get; } = [];

    /// <summary>Training images seen until then: makes runs of different batch sizes comparable.</summary>
    public List<long> Images { get; } = [];

    /// <summary>Training time until then, pauses and interruptions left out.</summary>
    public List<double> Seconds { get; } = [];

    public List<double> Accuracy { get; } = [];

    public List<double> Loss { get; } = [];

    /// <returns>True when the curve has a new point.</returns>
    public bool Add(SequencedEvent happened)
    {
        Tick(happened);
        if (happened.Event is not ValidationCompleted validation)
        {
            return false;
        }

        Steps.Add(validation.Step);
        Images.Add(validation.Step * batchSize);
        Seconds.Add(Math.Round(_activeSeconds, 2));
        Accuracy.Add(validation.Evaluation.Metrics.GetValueOrDefault("accuracy", double.NaN));
        Loss.Add(validation.Evaluation.Loss);
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

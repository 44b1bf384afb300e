using System.Collections.Concurrent;
using System.Diagnostics;
using VitLab.Experiments;
using VitLab.Training;

namespace VitLab.Web.Components.Train;

/// <summary>Trains a throw-away model on noise for a second, to learn how fast this machine is. Remembers what it measured.</summary>
public sealed class SpeedGauge : IDisposable
{
    private const int EpochSteps = 40;

    private static readonly TimeSpan s_duration = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<(string Experiment, long Flops), double> _known = new();
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Training FLOPs per image and images per second of what was measured.</summary>
    public IEnumerable<(long Flops, double Speed)> Known(Experiment experiment) =>
        _known.Where(entry => entry.Key.Experiment == experiment.Id).Select(entry => (entry.Key.Flops, entry.Value));

    public async Task MeasureAsync(Experiment experiment, TrainingOptions options, CancellationToken ct)
    {
        var key = (experiment.Id, experiment.Cost(options).TrainingFlops);
        await _one.WaitAsync(ct);
        try
        {
            if (!_known.ContainsKey(key))
            {
                // A thread of its own, because a trainer is enumerated on one thread and would hold a pool thread for long.
                _known[key] = await Task.Factory.StartNew(() => Train(experiment, options, ct), ct, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    /// <summary>Images per second over the last half of the measurement: the first steps warm up code and caches.</summary>
    private static double Train(Experiment experiment, TrainingOptions options, CancellationToken ct)
    {
        using var trainer = new Trainer(new TrainingPlan(experiment, "", options with { SamplesPerEpoch = 0, Epochs = 100, EarlyStopEpochs = 0 }, NoiseData.For(experiment, options, options.BatchSize * EpochSteps)));
        var watch = Stopwatch.StartNew();
        var (from, steps) = (TimeSpan.Zero, 0);
        foreach (var happened in trainer.Run())
        {
            if (happened is StepCompleted && watch.Elapsed > s_duration / 2)
            {
                if (from == TimeSpan.Zero)
                {
                    from = watch.Elapsed;
                }
                else
                {
                    steps++;
                }
            }

            if (steps > 0 && watch.Elapsed > s_duration)
            {
                break;
            }

            ct.ThrowIfCancellationRequested();
        }

        return steps * options.BatchSize / (watch.Elapsed - from).TotalSeconds;
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using VitLab.Experiments;
using VitLab.Training;

namespace VitLab.Web.Components.Train;

/// <summary>Trains a throw-away model on noise until its speed is steady, to learn how fast this machine is. Remembers what it measured.</summary>
public sealed class SpeedGauge : IDisposable
{
    private const int EpochSteps = 40, Endless = 1000;

    // About half a second on a CPU.
    private const long StepFlops = 80_000_000_000;

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

    private static double Train(Experiment experiment, TrainingOptions options, CancellationToken ct)
    {
        var timed = Timed(experiment, options);
        using var trainer = new Trainer(new TrainingPlan(experiment, "", timed, NoiseData.For(experiment, timed, timed.BatchSize * EpochSteps)));
        var rate = new SteadyRate();
        var watch = Stopwatch.StartNew();
        foreach (var happened in trainer.Run())
        {
            ct.ThrowIfCancellationRequested();
            if (happened is StepCompleted)
            {
                rate.Count(watch.Elapsed, timed.BatchSize);
            }

            if (rate.IsKnown)
            {
                break;
            }
        }

        return rate.ImagesPerSecond;
    }

    /// <summary>The same training in steps that are short enough to count several of them, whatever the model.</summary>
    private static TrainingOptions Timed(Experiment experiment, TrainingOptions options) => options with
    {
        BatchSize = (int)Math.Clamp(StepFlops / experiment.Cost(options).TrainingFlops, 1, options.BatchSize),
        AccumulationSteps = 1,
        SamplesPerEpoch = 0,
        Epochs = Endless,
        EarlyStopEpochs = 0,
    };
}

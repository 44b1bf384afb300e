using VitLab.Data;
using VitLab.Experiments;
using VitLab.Insight;
using VitLab.Models;
using VitLab.Training;
using VitLab.Web.Runs;

namespace VitLab.Web.Components.Train;

/// <summary>
/// Says how long a run will take here: from what earlier runs of such a model reached, otherwise from a short measurement on this
/// machine. A model that was never run is scaled from the nearest known one by its floating-point operations.
/// </summary>
public class Forecaster(RunService runs, DataCatalog data, SpeedGauge gauge, ILogger<Forecaster> log)
{
    private const long MostParameters = 8_000_000;

    /// <summary>What is known without measuring.</summary>
    public virtual Forecast Of(Experiment experiment, TrainingOptions options)
    {
        var cost = experiment.Cost(options);
        var images = experiment.SamplesPerEpoch(data.TrainingImages(options.Data), options);
        return new Forecast(cost, MemoryForecast.Of(experiment, options), images, options.Epochs, Speed(experiment, cost.TrainingFlops));
    }

    /// <summary>
    /// Measures the presets that no earlier run tells about, unless a run needs the machine now. Takes a few seconds each; models that take longer to make than to time are
    /// scaled from the smaller ones.
    /// </summary>
    /// <param name="ct">When nobody waits for the forecast any more.</param>
    /// <returns>False when it was given up, or failed, of which the log tells: a page goes on without a forecast.</returns>
    public virtual async Task<bool> MeasureAsync(Experiment experiment, CancellationToken ct)
    {
        try
        {
            foreach (var preset in experiment.Presets.Where(preset => IsWanted(experiment, experiment.Cost(preset.Options))))
            {
                await gauge.MeasureAsync(experiment, preset.Options, ct);
            }

            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (Exception e)
        {
            log.LogWarning(e, "This machine's speed could not be measured for {Experiment}.", experiment.Id);
            return false;
        }
    }

    private bool IsWanted(Experiment experiment, ModelCost cost) =>
        cost.Parameters < MostParameters && !Known(experiment).Any(known => known.Flops == cost.TrainingFlops) && !runs.List().Any(run => run.State == RunState.Running);

    private double? Speed(Experiment experiment, long flops)
    {
        var known = Known(experiment).ToList();
        if (known.Count == 0)
        {
            return null;
        }

        var (nearest, speed) = known.MinBy(entry => Math.Abs(Math.Log((double)entry.Flops / flops)));
        return speed * nearest / flops;
    }

    private IEnumerable<(long Flops, double Speed)> Known(Experiment experiment) =>
        runs.List()
            .Where(run => run.Experiment == experiment.Id && run.ImagesPerSecond > 0 && run.Options.GetType() == experiment.OptionsType && IsHere(run))
            .Select(run => (experiment.Cost(run.Options).TrainingFlops, run.ImagesPerSecond))
            .Concat(gauge.Known(experiment));

    // A run that was copied from another machine, or made on another device, says nothing about what a run will take here.
    private static bool IsHere(RunRecord run) => run.Placement is null || (run.Placement.Device, run.Placement.Engine) == (Hardware.This.Best.Id, Hardware.This.Engine);
}

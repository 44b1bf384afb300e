using System.Globalization;
using VitLab.Experiments;
using VitLab.Models;

namespace VitLab.Training;

/// <summary>What a run will hold in memory, in bytes, from the shapes of its model: known before it is started.</summary>
/// <param name="Weights">Of the network that is trained.</param>
/// <param name="Gradients">One number for each weight.</param>
/// <param name="Moments">The optimizer's running means.</param>
/// <param name="Copies">Of the weights: their average, the last good ones and the best ones.</param>
/// <param name="Activations">What a part of a batch holds from its forward pass until its gradients are known, and the gradients under way.</param>
public sealed record MemoryForecast(long Weights, long Gradients, long Moments, long Copies, long Activations)
{
    /// <summary>Share of a device's memory that a run is let to fill: the rest is for data, pages and what other memory is split into.</summary>
    private const double UsableShare = 0.9;

    /// <summary>Gradients of activations, as a share of those: each is there from the operation after it to the one before it.</summary>
    private const double UnderWay = 0.1;

    /// <summary>The last good weights and the best ones, kept aside so that nothing that happens later loses them.</summary>
    private const int CopiesKept = 2;

    public long Total => Weights + Gradients + Moments + Copies + Activations;

    /// <summary>What of it grows with the number of samples computed at once.</summary>
    private long Fixed => Total - Activations;

    public static MemoryForecast Of(Experiment experiment, TrainingOptions options)
    {
        var cost = experiment.Cost(options);
        var weights = sizeof(float) * cost.Parameters;
        return new MemoryForecast(
            weights,
            Gradients: weights,
            Moments: (options.Optimizer == "sgd" ? 1 : 2) * weights,
            Copies: (CopiesKept + (options.EmaDecay > 0 ? 1 : 0)) * weights,
            Activations: (long)((1 + UnderWay) * cost.ActivationBytes * SamplesAtOnce(options)));
    }

    /// <summary>Whether a device has room for it; also when nobody says how much it has.</summary>
    public bool FitsOn(ComputeDevice device) => device.Memory is not { } memory || Total <= UsableShare * memory;

    /// <exception cref="OptionException">When the device has less memory than the run needs.</exception>
    public static void Check(Experiment experiment, TrainingOptions options, ComputeDevice device)
    {
        if (Problem(experiment, options, device) is { } problem)
        {
            throw new OptionException([problem]);
        }
    }

    /// <summary>How much a run needs that a device does not have, and the option that helps; null when it fits.</summary>
    public static OptionProblem? Problem(Experiment experiment, TrainingOptions options, ComputeDevice device)
    {
        var needed = Of(experiment, options);
        if (needed.FitsOn(device))
        {
            return null;
        }

        var usable = UsableShare * device.Memory!.Value;
        var has = $"{device.Id} has {Gigabytes(device.Memory.Value)} GB, of which {Gigabytes(usable)} may be filled";
        var perSample = (double)needed.Activations / SamplesAtOnce(options);
        return needed.Fixed + perSample > usable
            ? new OptionProblem("preset", $"expected one that fits: the weights, gradients, moments and copies alone take {Gigabytes(needed.Fixed)} GB; {has}. A narrower or less deep model needs less.")
            : new OptionProblem(
                "accumulationSteps",
                $"expected at least {Math.Ceiling(options.BatchSize / Math.Floor((usable - needed.Fixed) / perSample)).ToString(CultureInfo.InvariantCulture)}, got {options.AccumulationSteps}: computing {SamplesAtOnce(options)} samples at once takes {Gigabytes(needed.Total)} GB; {has}.");
    }

    private static int SamplesAtOnce(TrainingOptions options) => (options.BatchSize + options.AccumulationSteps - 1) / options.AccumulationSteps;

    private static string Gigabytes(double bytes) => (bytes / 1e9).ToString("0.0", CultureInfo.InvariantCulture);
}

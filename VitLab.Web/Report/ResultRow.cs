using VitLab.Experiments;

namespace VitLab.Web.Report;

/// <summary>One preset of an experiment in the results table.</summary>
/// <param name="StartsFrom">Shipped weights it starts from; null starts from scratch.</param>
/// <param name="Published">The source's figures.</param>
/// <param name="Command">Repeats what was measured, or measures it for the first time.</param>
/// <param name="Ours">Null while it has not been measured.</param>
public sealed record ResultRow(string Experiment, string Preset, string? StartsFrom, IReadOnlyList<PublishedFigure> Published, string Command, Measurement? Ours)
{
    /// <summary>Why the last attempt gave no figures; null otherwise.</summary>
    public string? Failure { get; init; }

    public bool IsOf(Experiment experiment, ExperimentPreset preset) => (Experiment, Preset) == (experiment.Id, preset.Id);
}

/// <summary>What the runs of a row reached: one run for each seed, tested by the weights that read its validation split best.</summary>
/// <param name="Metrics">On the test split, by key: those of the experiment's card, and "loss".</param>
/// <param name="Epochs">Of each run.</param>
/// <param name="Samples">Training samples that each run saw.</param>
/// <param name="Seconds">Training and validation of a run, on average.</param>
/// <param name="Date">UTC, yyyy-MM-dd.</param>
public sealed record Measurement(
    IReadOnlyDictionary<string, MeanFigure> Metrics, IReadOnlyList<int> Seeds, int Epochs, long Samples, double Seconds, ResultData Data, ResultMachine Machine, string Date);

/// <param name="Spread">Standard deviation between the seeds; null with a single one.</param>
public sealed record MeanFigure(double Mean, double? Spread)
{
    public static MeanFigure Of(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        return new MeanFigure(mean, values.Count < 2 ? null : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1)));
    }
}

/// <param name="Source">As <c>--data</c> names it.</param>
public sealed record ResultData(string Source, string Description, string Checksum);

using System.Globalization;
using System.Text.Json;
using VitLab.Data;
using VitLab.Experiments;
using VitLab.Training;
using VitLab.Web.Runs;

namespace VitLab.Web.Report;

/// <summary>A row to make: a preset, trained once with each seed.</summary>
internal sealed record ResultsJob(Experiment Experiment, ExperimentPreset Preset, IReadOnlyList<int> Seeds, bool IsSmoke)
{
    private const int SmokeSamples = 64, SmokeBatch = 32;

    public static IReadOnlyList<int> UsualSeeds { get; } = [1];

    public string Name => $"{Experiment.Id}/{Preset.Id}";

    /// <summary>The row as long as there are no figures.</summary>
    public ResultRow Unmeasured => new(Experiment.Id, Preset.Id, Preset.StartsFrom, Preset.Published, Command, Ours: null);

    private int Epochs => IsSmoke ? 1 : Preset.ResultsEpochs is > 0 and var epochs ? epochs : Preset.Options.Epochs;

    private string Command =>
        IsSmoke ? $"results --quick --only {Name}"
        : Seeds.Count > 1 ? $"results --only {Name} --seeds {string.Join(',', Seeds)}"
        : TrainCommand(Seeds[0], Preset.Options.Data);

    /// <summary>The source of the samples: the preset's; for a smoke run one that is on this machine, and null when none of the experiment's is.</summary>
    public string? DataFrom(DataCatalog catalog) => !IsSmoke ? Preset.Options.Data
        : OptionSchema.Of(Experiment).Field(nameof(TrainingOptions.Data)).Choices.OrderBy(choice => choice != Preset.Options.Data).FirstOrDefault(catalog.IsHere);

    /// <param name="data">Where the samples come from.</param>
    public RunRequest Request(int seed, string data, string device)
    {
        var options = new Dictionary<string, object> { ["data"] = data, ["seed"] = seed, ["epochs"] = Epochs };
        if (IsSmoke) (options["samplesPerEpoch"], options["batchSize"]) = (SmokeSamples, SmokeBatch);
        return new RunRequest(Experiment.Id, Preset.Id, JsonSerializer.SerializeToElement(options), $"results: {Name}, seed {seed}", Preset.StartsFrom)
        {
            Command = $"VitLab.Web {(IsSmoke ? Command : TrainCommand(seed, data))}",
            Device = device,
        };
    }

    /// <param name="runs">One for each seed, completed.</param>
    public ResultRow Measured(IReadOnlyList<(RunRecord Record, RunStarted Started)> runs, DateTimeOffset date)
    {
        var (record, started) = runs[0];
        return Unmeasured with
        {
            Ours = new Measurement(
                record.Test!.Keys.ToDictionary(key => key, key => MeanFigure.Of([.. runs.Select(run => run.Record.Test![key])])),
                Seeds, record.Epoch, record.Step * record.Options.BatchSize, runs.Average(run => run.Record.ActiveSeconds),
                new ResultData(record.Options.Data, started.Data, started.DataChecksum),
                ResultMachine.Of(record.Placement!),
                date.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        };
    }

    private string TrainCommand(int seed, string data)
    {
        var epochs = Epochs == Preset.Options.Epochs ? "" : $" --epochs {Epochs}";
        var from = Preset.StartsFrom is null ? "" : $" --from {Preset.StartsFrom}";
        return $"train {Experiment.Id} --preset {Preset.Id}{epochs} --data {data} --seed {seed}{from}";
    }
}

using System.Globalization;
using System.Text.Json;
using VitLab.Models;

namespace VitLab.Experiments;

/// <summary>What made a checkpoint and how good it is: the strings of its safetensors metadata.</summary>
/// <param name="Step">Steps taken; 0 for untrained weights.</param>
/// <param name="Epoch">Epoch of the last step, from 1.</param>
/// <param name="Data">Source of the data: "mnist", "pen", "mix".</param>
/// <param name="DataChecksum">Of the data it was trained on.</param>
/// <param name="Metrics">What was measured on these weights, e.g. "validation.accuracy", "test.accuracy".</param>
/// <param name="Command">The command that repeats the run; empty when nobody said.</param>
/// <param name="Date">UTC, ISO 8601.</param>
public sealed record CheckpointInfo(
    string Experiment,
    string Preset,
    TrainingOptions Options,
    long Step,
    int Epoch,
    string Data,
    string DataChecksum,
    IReadOnlyDictionary<string, double> Metrics,
    string Command,
    string Date)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    /// <summary>JSON of the counters a resumed run goes on with; null in a file of weights alone.</summary>
    public string? TrainingState { get; init; }

    internal Dictionary<string, string> ToMetadata()
    {
        var metadata = new Dictionary<string, string>
        {
            ["format"] = "pt",   // what Hugging Face loaders look for
            ["experiment"] = Experiment,
            ["preset"] = Preset,
            ["options"] = OptionSchema.Write(Options).GetRawText(),
            ["step"] = Step.ToString(CultureInfo.InvariantCulture),
            ["epoch"] = Epoch.ToString(CultureInfo.InvariantCulture),
            ["data"] = Data,
            ["dataChecksum"] = DataChecksum,
            ["metrics"] = JsonSerializer.Serialize(Metrics, s_json),
            ["command"] = Command,
            ["date"] = Date,
        };
        if (TrainingState is not null)
        {
            metadata["training"] = TrainingState;
        }

        return metadata;
    }

    /// <exception cref="CheckpointException">When a string is missing or not what it should be.</exception>
    internal static CheckpointInfo FromMetadata(IReadOnlyDictionary<string, string> metadata, string file)
    {
        string Text(string key) => metadata.TryGetValue(key, out var text) ? text
            : throw new CheckpointException(file, $"its metadata has no \"{key}\": not a checkpoint made by VitLab.");

        try
        {
            var experiment = ExperimentCatalog.Find(Text("experiment"));
            var preset = experiment.FindPreset(Text("preset"));
            using var options = JsonDocument.Parse(Text("options"));
            return new CheckpointInfo(
                experiment.Id,
                preset.Id,
                OptionSchema.ReadStored(experiment, options.RootElement),
                long.Parse(Text("step"), CultureInfo.InvariantCulture),
                int.Parse(Text("epoch"), CultureInfo.InvariantCulture),
                Text("data"),
                Text("dataChecksum"),
                JsonSerializer.Deserialize<Dictionary<string, double>>(Text("metrics"), s_json) ?? [],
                metadata.GetValueOrDefault("command", ""),
                metadata.GetValueOrDefault("date", ""))
            {
                TrainingState = metadata.GetValueOrDefault("training"),
            };
        }
        catch (Exception e) when (e is OptionException or FormatException or OverflowException or JsonException)
        {
            throw new CheckpointException(file, $"its metadata is not valid: {e.Message}", e);
        }
    }
}

using System.Text.Json;
using VitLab.Experiments;
using VitLab.Models;
using VitLab.Web.Startup;

namespace VitLab.Web.Runs;

/// <summary>Asks for a new run.</summary>
/// <param name="Preset">Null or empty takes the experiment's first.</param>
/// <param name="Options">Object of option keys that differ from the preset; absent keys keep the preset's value.</param>
/// <param name="Name">Null picks a memorable one.</param>
/// <param name="From">Weights to start from: a run id (its best), "run-id/checkpoint", or a shipped checkpoint's name.</param>
public sealed record RunRequest(string Experiment, string? Preset = null, JsonElement? Options = null, string? Name = null, string? From = null)
{
    /// <summary>Where to compute: "auto", "cpu" or "cuda:N".</summary>
    public string Device { get; init; } = Hardware.Auto;

    /// <summary>The command line that asked, kept in the run's checkpoints; null writes the one that would.</summary>
    public string? Command { get; init; }

    /// <summary>A request for options as a form holds them: names those that differ from the preset.</summary>
    public static RunRequest With(string experiment, string preset, TrainingOptions options, string? name = null)
    {
        var defaults = ExperimentCatalog.Find(experiment).FindPreset(preset).Options;
        var changed = OptionSchema.Of(options.GetType()).Fields.Where(field => !field.Get(options).Equals(field.Get(defaults))).ToDictionary(field => field.Key, field => field.Get(options));
        return new(experiment, preset, JsonSerializer.SerializeToElement(changed, LabJson.Options), name);
    }

    /// <summary>True when the data is left to the lab, as it is where the options do not name it: without MNIST and without a network it takes pen digits then.</summary>
    internal bool LeavesDataOpen
    {
        get => field || Options is not { ValueKind: JsonValueKind.Object } options || !options.EnumerateObject().Any(option => option.Name.Equals("data", StringComparison.OrdinalIgnoreCase));
        init;
    }
}

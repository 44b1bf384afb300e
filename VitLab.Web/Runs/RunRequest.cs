using System.Text.Json;
using VitLab.Experiments;
using VitLab.Web.Startup;

namespace VitLab.Web.Runs;

/// <summary>Asks for a new run.</summary>
/// <param name="Preset">Null or empty takes the experiment's first.</param>
/// <param name="Options">Object of option keys that differ from the preset; absent keys keep the preset's value.</param>
/// <param name="Name">Null picks a memorable one.</param>
/// <param name="From">Weights to start from: a run id (its best), "run-id/checkpoint", or a shipped checkpoint's name.</param>
public sealed record RunRequest(string Experiment, string? Preset = null, JsonElement? Options = null, string? Name = null, string? From = null)
{
    /// <summary>A request with all options spelled out, as a form holds them.</summary>
    public static RunRequest With(string experiment, string preset, TrainingOptions options, string? name = null) =>
        new(experiment, preset, JsonSerializer.SerializeToElement(options, options.GetType(), LabJson.Options), name);
}

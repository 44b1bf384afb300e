using System.Globalization;
using System.Text.Json;
using VitLab.Experiments;

namespace VitLab.Web.Runs;

/// <summary>Options that follow from others when nobody sets them.</summary>
internal static class OptionOverrides
{
    /// <summary>A run shortened to fewer epochs than the preset warms up for gets a warm-up of the same share of its length.</summary>
    /// <param name="given">Object of option keys; anything else is left for the schema to refuse.</param>
    public static JsonElement Fit(JsonElement given, TrainingOptions preset)
    {
        if (given.ValueKind != JsonValueKind.Object || Find(given, nameof(preset.WarmUpEpochs)) is not null) return given;
        if (Find(given, nameof(preset.Epochs)) is not { } text || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var epochs)) return given;
        if (epochs < 1 || preset.WarmUpEpochs < epochs) return given;

        var fitted = new Dictionary<string, object>();
        foreach (var option in given.EnumerateObject()) fitted[option.Name] = option.Value;
        fitted["warmUpEpochs"] = preset.WarmUpEpochs * epochs / preset.Epochs;
        return JsonSerializer.SerializeToElement(fitted);
    }

    private static string? Find(JsonElement given, string key) => given.EnumerateObject()
        .Where(option => option.Name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).Equals(key, StringComparison.OrdinalIgnoreCase))
        .Select(option => option.Value.ToString())
        .FirstOrDefault();
}

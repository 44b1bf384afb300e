using VitLab.Insight;
using VitLab.Training;

namespace VitLab.Web.Components.Train;

/// <summary>What a run will take, before it is started.</summary>
/// <param name="Memory">What it will hold while it trains.</param>
/// <param name="ImagesPerSecond">Of this machine for such a model; null until it was measured.</param>
public sealed record Forecast(ModelCost Cost, MemoryForecast Memory, int ImagesPerEpoch, int Epochs, double? ImagesPerSecond)
{
    public TimeSpan? Epoch => ImagesPerSecond is > 0 and var speed ? TimeSpan.FromSeconds(ImagesPerEpoch / speed) : null;

    public TimeSpan? Total => Epoch * Epochs;

    /// <summary>"41 s", "3 min 20 s", "1 h 5 min": two units at most, never more exact than it is known.</summary>
    public static string Words(TimeSpan? time) => time switch
    {
        null => "–",
        { TotalSeconds: < 9.95 } t => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{t.TotalSeconds:0.0} s"),
        { TotalSeconds: < 119.5 } t => $"{Math.Round(t.TotalSeconds)} s",
        { TotalMinutes: < 4.9 } t => Two((int)Math.Round(t.TotalSeconds / 10) * 10, 60, "min", "s"),
        { TotalMinutes: < 59.5 } t => $"{Math.Round(t.TotalMinutes)} min",
        var t => Two((int)Math.Round(t.Value.TotalMinutes / 5) * 5, 60, "h", "min"),
    };

    private static string Two(int value, int per, string large, string small) =>
        value % per == 0 ? $"{value / per} {large}" : $"{value / per} {large} {value % per} {small}";
}

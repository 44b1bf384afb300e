using VitLab.Insight;

namespace VitLab.Web.Components.Train;

/// <summary>What a run will take, before it is started.</summary>
/// <param name="ImagesPerSecond">Of this machine for such a model; null until it was measured.</param>
public sealed record Forecast(ModelCost Cost, int ImagesPerEpoch, int Epochs, double? ImagesPerSecond)
{
    public TimeSpan? Epoch => ImagesPerSecond is > 0 and var speed ? TimeSpan.FromSeconds(ImagesPerEpoch / speed) : null;

    public TimeSpan? Total => Epoch * Epochs;

    /// <summary>"41 s", "3 min 20 s", "1 h 5 min": two units at most, never more exact than it is known.</summary>
    public static string Words(TimeSpan? time) => time switch
    {
        null => "–",
        { TotalSeconds: < 9.95 } t => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{t.TotalSeconds:0.0} s"),
        { TotalSeconds: < 119.5 } t => $"{Math.Round(t.TotalSeconds)} s",
        { TotalMinutes: < 9.9 } t => $"{(int)(Math.Round(t.TotalSeconds / 10) / 6)} min {(int)(Math.Round(t.TotalSeconds / 10) % 6) * 10} s",
        { TotalMinutes: < 59.5 } t => $"{Math.Round(t.TotalMinutes)} min",
        var t => $"{(int)(Math.Round(t.Value.TotalMinutes / 5) / 12)} h {(int)(Math.Round(t.Value.TotalMinutes / 5) % 12) * 5} min",
    };
}

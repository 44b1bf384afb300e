using VitLab.Experiments;
using VitLab.Insight;

namespace VitLab.Web.Probes;

/// <summary>How a run reads its probes at one step.</summary>
/// <param name="Attention">Of <paramref name="AttentionProbe"/>, every layer and head.</param>
public sealed record ProbeFrame(long Step, IReadOnlyList<ProbeReading> Readings, AttentionMaps? Attention, string? AttentionProbe);

/// <param name="Predicted">Index into the experiment's classes.</param>
public sealed record ProbeReading(string Id, int Predicted, IReadOnlyList<float> Probabilities)
{
    public static ProbeReading Of(string id, Reading reading) => new(id, reading.Regions[0].Predicted, reading.Regions[0].Probabilities);
}

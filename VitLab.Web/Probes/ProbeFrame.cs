using VitLab.Experiments;
using VitLab.Insight;

namespace VitLab.Web.Probes;

/// <summary>How a run reads its probes at one step.</summary>
/// <param name="AttentionProbe">Whose attention comes along; null when nobody's does.</param>
/// <param name="Attention">Every layer and head; of the encoder where there is one.</param>
/// <param name="CrossAttention">Of models that write: where the decoder looked as it emitted each token.</param>
public sealed record ProbeFrame(long Step, IReadOnlyList<ProbeReading> Readings, string? AttentionProbe, AttentionMaps? Attention, CrossAttentionMaps? CrossAttention);

/// <summary>A <see cref="Reading"/> without its maps.</summary>
public sealed record ProbeReading(string Id, string Text, IReadOnlyList<int> Labels, IReadOnlyList<RegionReading> Regions, IReadOnlyList<EmittedToken>? Tokens)
{
    public static ProbeReading Of(string id, Reading reading) => new(id, reading.Text, reading.Labels, reading.Regions, reading.Tokens);
}

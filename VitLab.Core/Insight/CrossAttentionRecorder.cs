using VitLab.Models;

namespace VitLab.Insight;

/// <summary>Records how each token that a <see cref="GridTranscriber"/> writes looks at the picture, while it is decoded token by token.</summary>
public sealed class CrossAttentionRecorder(GridTranscriber model) : AttentionTap(model.modules().OfType<CrossAttention>().Select(static layer => layer.Attention))
{
    /// <summary>The decoding recorded since <see cref="AttentionTap.Clear"/>: one query per step in each layer.</summary>
    public CrossAttentionMaps ToMaps()
    {
        var encoder = model.Config.Encoder;
        var (steps, N) = (Calls.Count / Layers, encoder.Patches);
        var weights = new byte[Layers * Heads * steps * N];
        for (var call = 0; call < Calls.Count; call++)   // a step runs through all layers before the next
        {
            var (step, layer) = (call / Layers, call % Layers);
            for (var head = 0; head < Heads; head++)
            {
                Quantize(Calls[call].AsSpan(head * N, N), weights.AsSpan(((((layer * Heads) + head) * steps) + step) * N, N));
            }
        }

        return new CrossAttentionMaps(Layers, Heads, steps, encoder.GridHeight, encoder.GridWidth, weights);
    }
}

using VitLab.Models;

namespace VitLab.Insight;

/// <summary>Records how one token after another looks at a picture through every layer: those a text is written of, or an anchor.</summary>
/// <param name="model">With <see cref="CrossAttention"/> in it.</param>
/// <param name="config">Of the grid of patches that are looked at.</param>
public sealed class CrossAttentionRecorder(nn.Module model, VitConfig config) : AttentionTap(model.modules().OfType<CrossAttention>().Select(static layer => layer.Attention))
{
    public CrossAttentionRecorder(GridTranscriber model)
        : this(model, model.Config.Encoder)
    {
    }

    /// <summary>The looks recorded since <see cref="AttentionTap.Clear"/>: one query per step in each layer.</summary>
    public CrossAttentionMaps ToMaps()
    {
        var (steps, N) = (Calls.Count / Layers, config.Patches);
        var weights = new byte[Layers * Heads * steps * N];
        for (var call = 0; call < Calls.Count; call++)   // a step runs through all layers before the next
        {
            var (step, layer) = (call / Layers, call % Layers);
            for (var head = 0; head < Heads; head++)
            {
                Quantize(Calls[call].AsSpan(head * N, N), weights.AsSpan(((((layer * Heads) + head) * steps) + step) * N, N));
            }
        }

        return new CrossAttentionMaps(Layers, Heads, steps, config.GridHeight, config.GridWidth, weights);
    }
}

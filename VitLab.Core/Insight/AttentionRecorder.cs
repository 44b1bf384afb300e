using VitLab.Models;

namespace VitLab.Insight;

/// <summary>Records how the tokens of a <see cref="VisionTransformer"/> look at one another in every block.</summary>
public sealed class AttentionRecorder(VisionTransformer model) : AttentionTap(model.modules().OfType<SelfAttention>().Select(static layer => layer.Attention))
{
    /// <summary>The forward pass recorded since <see cref="AttentionTap.Clear"/>.</summary>
    public AttentionMaps ToMaps()
    {
        var config = model.Config;
        var perLayer = Heads * config.Tokens * config.Tokens;
        var weights = new byte[Calls.Count * perLayer];
        for (var layer = 0; layer < Calls.Count; layer++)
        {
            Quantize(Calls[layer], weights.AsSpan(layer * perLayer, perLayer));
        }

        return new AttentionMaps(Calls.Count, Heads, config.Tokens, config.PrefixTokens, config.GridHeight, config.GridWidth, weights);
    }
}

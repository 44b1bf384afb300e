using VitLab.Models;

namespace VitLab.Insight;

/// <summary>Records how the tokens of a <see cref="VisionTransformer"/> look at one another in every block.</summary>
public sealed class AttentionRecorder(VisionTransformer model) : AttentionTap(model.modules().OfType<SelfAttention>().Select(static layer => layer.Attention))
{
    /// <summary>The forward pass recorded since <see cref="AttentionTap.Clear"/>, of a picture of the model's size.</summary>
    public AttentionMaps ToMaps() => ToMaps(model.Config.GridHeight, model.Config.GridWidth);

    /// <summary>The same of a picture of as many patches as this.</summary>
    public AttentionMaps ToMaps(int gridHeight, int gridWidth)
    {
        var tokens = model.Config.PrefixTokens + (gridHeight * gridWidth);
        var perLayer = Heads * tokens * tokens;
        var weights = new byte[Calls.Count * perLayer];
        for (var layer = 0; layer < Calls.Count; layer++)
        {
            Quantize(Calls[layer], weights.AsSpan(layer * perLayer, perLayer));
        }

        return new AttentionMaps(Calls.Count, Heads, tokens, model.Config.PrefixTokens, gridHeight, gridWidth, weights);
    }
}

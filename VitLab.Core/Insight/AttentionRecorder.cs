using VitLab.Models;

namespace VitLab.Insight;

/// <summary>Records how the tokens of a picture look at one another in every block of a model.</summary>
/// <param name="model">With <see cref="SelfAttention"/> in it.</param>
/// <param name="config">Of the grid of patches, and of the tokens before them.</param>
public sealed class AttentionRecorder(nn.Module model, VitConfig config) : AttentionTap(model.modules().OfType<SelfAttention>().Select(static layer => layer.Attention))
{
    public AttentionRecorder(VisionTransformer model)
        : this(model, model.Config)
    {
    }

    /// <summary>The forward pass recorded since <see cref="AttentionTap.Clear"/>, of a picture of the model's size.</summary>
    public AttentionMaps ToMaps() => ToMaps(config.GridHeight, config.GridWidth);

    /// <summary>The same of a picture of as many patches as this.</summary>
    public AttentionMaps ToMaps(int gridHeight, int gridWidth)
    {
        var tokens = config.PrefixTokens + (gridHeight * gridWidth);
        var perLayer = Heads * tokens * tokens;
        var weights = new byte[Calls.Count * perLayer];
        for (var layer = 0; layer < Calls.Count; layer++)
        {
            Quantize(Calls[layer], weights.AsSpan(layer * perLayer, perLayer));
        }

        return new AttentionMaps(Calls.Count, Heads, tokens, config.PrefixTokens, gridHeight, gridWidth, weights);
    }
}

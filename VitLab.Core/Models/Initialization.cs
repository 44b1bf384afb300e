namespace VitLab.Models;

/// <summary>The first values of a transformer's weights.</summary>
internal static class Initialization
{
    private const double Deviation = 0.02, Width = 768;

    private static readonly string[] s_embeddings = ["cls_token", "pos_embed", WindowPositions.Name, "token_embed.weight"];

    /// <summary>True for learned tokens and positions, which stand in no product and are spared from weight decay.</summary>
    /// <param name="name">In the state dict.</param>
    public static bool IsEmbedding(string name) => s_embeddings.Any(embedding => name.EndsWith(embedding, StringComparison.Ordinal));

    /// <summary>
    /// ViT draws weights with a deviation of 0.02, which suits its width of 768. Narrower matrices get the same share of what flows through
    /// them: 0.02 · √(768 / inputs). Biases start at 0, norms at 1; learned tokens and positions have no inputs and keep ViT's 0.02.
    /// ViT's cut at ±2 is too far out to meet here, and TorchSharp 0.107's trunc_normal_ mistakes mean for deviation: all weights come out equal.
    /// </summary>
    /// <param name="scale">Another rule than this one, where a model is to start as its source says.</param>
    public static void Apply(nn.Module module, WeightScale scale = WeightScale.ByWidth)
    {
        using var noGrad = torch.no_grad();
        foreach (var (name, parameter) in module.named_parameters())
        {
            if (name.EndsWith("bias", StringComparison.Ordinal))
            {
                init.zeros_(parameter);
            }
            else if (parameter.dim() > 1)
            {
                Draw(parameter, IsEmbedding(name), scale);
            }
        }
    }

    private static void Draw(Parameter parameter, bool isEmbedding, WeightScale scale)
    {
        if (scale == WeightScale.Fixed && parameter.dim() == 4)
        {
            init.kaiming_normal_(parameter);
            return;
        }

        var inputs = (double)parameter.numel() / parameter.shape[0];
        init.normal_(parameter, mean: 0, std: isEmbedding || scale == WeightScale.Fixed ? Deviation : Deviation * Math.Sqrt(Width / inputs));
    }
}

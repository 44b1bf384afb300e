namespace VitLab.Models;

/// <summary>
/// Shape and regularisation of a Vision Transformer. Sizes in pixels; Height and Width are multiples of Patch, Dim of Heads. A model without
/// prefix tokens and windows reads pictures of other multiples of Patch as well.
/// </summary>
public sealed record VitConfig(int Channels, int Height, int Width, int Patch, int Dim, int Depth, int Heads, int MlpDim)
{
    /// <summary>Learned tokens before the patches: 1 is a CLS token, 0 leaves the patches alone (timm's num_prefix_tokens).</summary>
    public int PrefixTokens { get; init; } = 1;

    /// <summary>Side in patches of the windows that <see cref="WindowBlocks"/> look within; divides the patch grid's sides.</summary>
    public int Window { get; init; }

    /// <summary>Blocks, from the first on, in which a patch sees the patches of its own window only; the others see everything.</summary>
    public int WindowBlocks { get; init; }

    /// <summary>How patches are told where they are.</summary>
    public PositionEncoding Positions { get; init; } = PositionEncoding.Learned;

    /// <summary>What weights start from.</summary>
    public WeightScale Weights { get; init; } = WeightScale.ByWidth;

    /// <summary>Probability of dropping an activation after the embedding, the attention's projection and the MLP.</summary>
    public double Dropout { get; init; }

    /// <summary>Probability of dropping an attention weight.</summary>
    public double AttentionDropout { get; init; }

    /// <summary>Probability of skipping the last block's branches for a sample; earlier blocks' rise linearly from 0.</summary>
    public double StochasticDepth { get; init; }

    public int GridHeight => Height / Patch;

    public int GridWidth => Width / Patch;

    public int Patches => GridHeight * GridWidth;

    /// <summary>Prefix tokens and patches.</summary>
    public int Tokens => PrefixTokens + Patches;

    public int HeadDim => Dim / Heads;
}

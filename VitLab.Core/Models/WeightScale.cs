namespace VitLab.Models;

/// <summary>How large the first weights are. Biases start at 0 and norms at 1 either way; learned tokens and positions are drawn with a deviation of 0.02.</summary>
public enum WeightScale
{
    /// <summary>ViT's deviation for the width it was made for, in narrower matrices as much larger as keeps what flows through them: 0.02 · √(768 / inputs).</summary>
    ByWidth,

    /// <summary>ViT's own: linear layers with a deviation of 0.02 whatever their width, the convolution that cuts patches by Kaiming's rule, √(2 / inputs).</summary>
    Fixed,
}

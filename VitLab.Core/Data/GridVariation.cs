using VitLab.Vision;

namespace VitLab.Data;

/// <summary>How training grids differ from plain ones.</summary>
public sealed record GridVariation
{
    /// <summary>Digits as they are, each in the middle of its cell, no cell empty.</summary>
    public static GridVariation None { get; } = new();

    /// <summary>What happens to each digit, by a seed of its own.</summary>
    public AugmentationOptions Augmentation { get; init; } = AugmentationOptions.None;

    /// <summary>Largest move of a digit along each axis, 0 to 28 pixels. Its ink stays inside its cell.</summary>
    public int JitterPixels { get; init; }

    /// <summary>Chance of each cell to stay empty, 0…1. Where all would, one at random is filled.</summary>
    public float EmptyChance { get; init; }
}

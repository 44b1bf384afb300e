using VitLab.Vision;

namespace VitLab.Data;

/// <summary>What scenes are like: how many digits of which sizes, how close, how varied, and what else lies on the paper.</summary>
public sealed record SceneVariation
{
    /// <summary>0 to 6 digits, 16 to 48 px high, apart from one another, unvaried, with marks on every fourth scene: what evaluation is made of.</summary>
    public static SceneVariation Plain { get; } = new() { MarkChance = 0.25f };

    /// <summary>Fewest digits of a scene.</summary>
    public int FewestDigits { get; init; }

    /// <summary>Most digits of a scene, to <see cref="SceneComposer.MostDigits"/>; all numbers between are equally likely. Where there is no room for as many, fewer are drawn.</summary>
    public int MostDigits { get; init; } = 6;

    /// <summary>Height of the smallest digit's ink, in pixels.</summary>
    public int SmallestInk { get; init; } = 16;

    /// <summary>Height of the largest digit's ink, in pixels; a digit that finds no room is drawn smaller.</summary>
    public int LargestInk { get; init; } = 48;

    /// <summary>Largest change of a digit's width against its height, as a share.</summary>
    public float Stretch { get; init; } = 0.1f;

    /// <summary>Chance of each digit to stand beside the one before, as in a line of writing, instead of anywhere.</summary>
    public float LineChance { get; init; } = 0.4f;

    /// <summary>Chance of a scene to let digits touch and overlap a little instead of keeping them apart.</summary>
    public float TouchChance { get; init; }

    /// <summary>Chance of a scene to have marks that are no digits: dots, specks and short lines, all smaller than any digit.</summary>
    public float MarkChance { get; init; }

    /// <summary>What happens to each digit before it is drawn in its size, by a seed of its own.</summary>
    public AugmentationOptions Augmentation { get; init; } = AugmentationOptions.None;

    /// <summary>How much finer or bolder strokes become in the digit's final size, 0…1: a large digit may have thin strokes, as with a pen.</summary>
    public float PenVariation { get; init; }
}

using VitLab.Data;
using VitLab.Models;

namespace VitLab.Experiments;

/// <summary>What a run of <see cref="FreeLayout"/> can set: the scenes, the backbone, the patch and how patches know their place.</summary>
public sealed record FreeLayoutOptions : VitOptions
{
    /// <summary>Side of the usual canvas, which evaluation uses, in pixels.</summary>
    internal const int UsualSide = 112;

    [Option("Patch", "Side of a patch: 7 cuts a canvas of 112 × 112 px into 256 patches.", Group = "Model", Minimum = 7, Maximum = 14, Unit = "px")]
    public int Patch { get; init; } = 7;

    [Option("Positions", "How patches know their place: fixed sines and cosines (fixed), or learned on the usual canvas and interpolated for others (learned).", Group = "Model", Choices = ["fixed", "learned"])]
    public string Positions { get; init; } = "fixed";

    [Option("Digits", "Most digits of a scene; all numbers from 0 on are equally likely.", Group = "Scenes", Minimum = 1, Maximum = SceneComposer.MostDigits, Unit = "digits")]
    public int MostDigits { get; init; } = 6;

    [Option("Smallest digit", "Height of the smallest digit's ink.", Group = "Scenes", Minimum = 10, Maximum = 60, Unit = "px")]
    public int SmallestInk { get; init; } = 16;

    [Option("Largest digit", "Height of the largest digit's ink; a digit that finds no room is drawn smaller.", Group = "Scenes", Minimum = 10, Maximum = 60, Unit = "px")]
    public int LargestInk { get; init; } = 48;

    [Option("Other canvases", "Share of training batches on canvases of other sizes than 112 × 112 px, from 56 to 168 px a side.", Group = "Augmentation", Minimum = 0, Maximum = 1)]
    public double OtherCanvases { get; init; } = 0.9;

    [Option("Touching", "Chance of a training scene to let digits touch and overlap a little.", Group = "Augmentation", Minimum = 0, Maximum = 1)]
    public double TouchChance { get; init; } = 0.2;

    [Option("Marks", "Chance of a training scene to have dots, specks and short lines that are no digits.", Group = "Augmentation", Minimum = 0, Maximum = 1)]
    public double MarkChance { get; init; } = 0.3;

    [Option("Pens", "How much finer or bolder strokes are drawn, whatever the digit's size.", Group = "Augmentation", Minimum = 0, Maximum = 1)]
    public double PenVariation { get; init; } = 0.7;

    [Option("Stretch", "Widens or narrows each digit by up to this share.", Group = "Augmentation", Minimum = 0, Maximum = 0.5)]
    public double Stretch { get; init; } = 0.15;

    public DetectorConfig ToConfig() => new(
        ToConfig(UsualSide, UsualSide, Patch) with { Positions = Positions == "fixed" ? PositionEncoding.SineCosine : PositionEncoding.Learned },
        Classes: 10);

    /// <summary>Of training scenes.</summary>
    internal SceneComposer ToComposer() => new(Plain() with
    {
        Augmentation = ToAugmentation(),
        TouchChance = (float)TouchChance,
        MarkChance = (float)MarkChance,
        PenVariation = (float)PenVariation,
        Stretch = (float)Stretch,
    });

    /// <summary>Of evaluation scenes, which change with the number and size of digits alone.</summary>
    internal SceneComposer ToPlainComposer() => new(Plain());

    public override IEnumerable<OptionProblem> Conflicts()
    {
        if (TrainingCanvas.Step % Patch != 0)
        {
            yield return new OptionProblem("patch", $"expected a divisor of {TrainingCanvas.Step} px, by which canvases grow (7 or 14), got {Patch}.");
        }

        if (Positions == "fixed" && Dim % 4 != 0)
        {
            yield return new OptionProblem("dim", $"expected a multiple of 4, for sines and cosines of row and column, got {Dim}.");
        }

        if (LargestInk < SmallestInk)
        {
            yield return new OptionProblem("largestInk", $"expected at least the smallest digit's {SmallestInk} px, got {LargestInk}.");
        }

        foreach (var problem in base.Conflicts())
        {
            yield return problem;
        }
    }

    private SceneVariation Plain() => SceneVariation.Plain with { MostDigits = MostDigits, SmallestInk = SmallestInk, LargestInk = LargestInk };
}

using VitLab.Data;
using VitLab.Vision;

namespace VitLab.Web.Scenes;

/// <summary>One thing that can be set of a preview of scenes.</summary>
/// <param name="Key">In the address of a request.</param>
/// <param name="Usual">Its value when nobody sets it.</param>
public sealed record SceneSetting(string Key, string Title, string Help, double Minimum, double Maximum, double Step, double Usual, string Unit)
{
    private const double PerCent = 0.05;

    private static readonly SceneVariation s_usual = new() { TouchChance = 0.3f, MarkChance = 0.5f };

    public static SceneSetting Width { get; } = new("width", "Width", "Of the picture.", SceneNormalizer.ShortestSide, SceneNormalizer.LongestSide, 1, 112, "px");

    public static SceneSetting Height { get; } = new("height", "Height", "Of the picture.", SceneNormalizer.ShortestSide, SceneNormalizer.LongestSide, 1, 112, "px");

    public static SceneSetting FewestDigits { get; } = new("fewestDigits", "Fewest digits", "0 lets scenes be empty.", 0, SceneComposer.MostDigits, 1, s_usual.FewestDigits, "digits");

    public static SceneSetting MostDigits { get; } = new("mostDigits", "Most digits", "Where there is no room for as many, fewer are drawn.", 0, SceneComposer.MostDigits, 1, s_usual.MostDigits, "digits");

    public static SceneSetting SmallestInk { get; } = new("smallestInk", "Smallest", "Height of the smallest digit.", 8, SceneComposer.LargestInk, 1, s_usual.SmallestInk, "px");

    public static SceneSetting LargestInk { get; } = new("largestInk", "Largest", "Height of the largest digit; one that finds no room is drawn smaller.", 8, SceneComposer.LargestInk, 1, s_usual.LargestInk, "px");

    public static SceneSetting LineChance { get; } = new("lineChance", "Side by side", "Chance of each digit to stand close beside the one before instead of anywhere.", 0, 1, PerCent, s_usual.LineChance, "%");

    public static SceneSetting TouchChance { get; } = new("touchChance", "Touching", "Chance of a scene to let digits touch instead of keeping gaps between them.", 0, 1, PerCent, s_usual.TouchChance, "%");

    public static SceneSetting MarkChance { get; } = new("markChance", "Distractors", "Chance of a scene to have dots, specks and lines that are no digits.", 0, 1, PerCent, s_usual.MarkChance, "%");

    public static SceneSetting PenVariation { get; } = new("penVariation", "Thickness", "How much finer or bolder strokes become.", 0, 1, PerCent, 0.5, "%");

    public static IReadOnlyList<SceneSetting> All { get; } = [Width, Height, FewestDigits, MostDigits, SmallestInk, LargestInk, LineChance, TouchChance, MarkChance, PenVariation];
}

using System.Globalization;
using VitLab.Data;
using VitLab.Web.Runs;

namespace VitLab.Web.Scenes;

/// <summary>Which scene is wanted; what is left out is usual.</summary>
/// <param name="Seed">The same one gives the same scene; left out, every request is another scene.</param>
public sealed record SceneRequest(
    int? Width, int? Height, int? FewestDigits, int? MostDigits, int? SmallestInk, int? LargestInk,
    double? LineChance, double? TouchChance, double? MarkChance, double? PenVariation, long? Seed)
{
    /// <exception cref="RunException">At the first value that is out of its range; names it.</exception>
    internal (int Width, int Height, SceneVariation Variation) Checked()
    {
        var variation = new SceneVariation
        {
            FewestDigits = Whole(SceneSetting.FewestDigits, FewestDigits),
            MostDigits = Whole(SceneSetting.MostDigits, MostDigits),
            SmallestInk = Whole(SceneSetting.SmallestInk, SmallestInk),
            LargestInk = Whole(SceneSetting.LargestInk, LargestInk),
            LineChance = (float)Value(SceneSetting.LineChance, LineChance),
            TouchChance = (float)Value(SceneSetting.TouchChance, TouchChance),
            MarkChance = (float)Value(SceneSetting.MarkChance, MarkChance),
            PenVariation = (float)Value(SceneSetting.PenVariation, PenVariation),
        };
        CheckOrder(SceneSetting.FewestDigits, variation.FewestDigits, SceneSetting.MostDigits, variation.MostDigits);
        CheckOrder(SceneSetting.SmallestInk, variation.SmallestInk, SceneSetting.LargestInk, variation.LargestInk);
        return (Whole(SceneSetting.Width, Width), Whole(SceneSetting.Height, Height), variation);
    }

    private static int Whole(SceneSetting setting, int? value) => (int)Value(setting, value);

    private static double Value(SceneSetting setting, double? given)
    {
        var value = given ?? setting.Usual;
        return value >= setting.Minimum && value <= setting.Maximum ? value
            : throw new RunException(setting.Key, string.Create(CultureInfo.InvariantCulture, $"{setting.Key}: expected {setting.Minimum} to {setting.Maximum}, got {value}."));
    }

    private static void CheckOrder(SceneSetting low, int least, SceneSetting high, int most)
    {
        if (least > most) throw new RunException(low.Key, $"{low.Key}: expected at most {high.Key}, which is {most}, got {least}.");
    }
}

using System.Globalization;
using VitLab.Detection;
using VitLab.Vision;

namespace VitLab.Experiments;

/// <summary>What was found in a scene, as people read it.</summary>
internal static class SceneReading
{
    private const string Nothing = "nothing here";

    /// <summary>Found digits in reading order.</summary>
    public static IReadOnlyList<FoundDigit> InOrder(IReadOnlyList<FoundDigit> found)
    {
        var order = new int[found.Count];
        ReadingOrder.Of([.. found.Select(digit => digit.Box)], order);
        return [.. order.Select(index => found[index])];
    }

    public static string Text(IReadOnlyList<FoundDigit> digits) =>
        digits.Count == 0 ? Nothing : string.Join(' ', digits.Select(digit => digit.Label.ToString(CultureInfo.InvariantCulture)));

    public static RegionReading Region(FoundDigit digit) => new(digit.Label, digit.Probabilities, new RegionBox(digit.Box.Left, digit.Box.Top, digit.Box.Width, digit.Box.Height))
    {
        Presence = digit.Presence,
    };
}

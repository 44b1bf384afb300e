using System.Globalization;

namespace VitLab.Data;

/// <summary>One way to write a digit: strokes through control points.</summary>
internal sealed class PenGlyph
{
    /// <param name="weight">How often people write it so, relative to the digit's other allographs.</param>
    /// <param name="skeleton">See <see cref="PenGlyphs"/>.</param>
    public PenGlyph(float weight, string skeleton)
    {
        Weight = weight;
        Strokes = [.. skeleton.Split('/', StringSplitOptions.TrimEntries).Select(stroke => stroke.Split(' ').Select(PenPoint.Parse).ToArray())];
    }

    public float Weight { get; }

    public PenPoint[][] Strokes { get; }
}

/// <param name="X">In the unit box, 0…1.</param>
/// <param name="IsCorner">The pen stops and turns here; elsewhere the curve runs smoothly through.</param>
internal readonly record struct PenPoint(float X, float Y, bool IsCorner)
{
    public static PenPoint Parse(string text)
    {
        var numbers = text.TrimEnd('!').Split(',');
        return new PenPoint(Number(numbers[0]), Number(numbers[1]), text.EndsWith('!'));
    }

    private static float Number(string text) => float.Parse(text, CultureInfo.InvariantCulture) / 100;
}

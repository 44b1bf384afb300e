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

    /// <summary>One of a digit's allographs, by its frequency.</summary>
    /// <param name="share">Uniform in 0…1.</param>
    public static PenGlyph Choose(PenGlyph[] glyphs, float share)
    {
        var at = share * glyphs.Sum(glyph => glyph.Weight);
        foreach (var glyph in glyphs)
        {
            if ((at -= glyph.Weight) < 0)
            {
                return glyph;
            }
        }

        return glyphs[^1];
    }
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

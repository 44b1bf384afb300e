using VitLab.Vision;
using VitLab.Web.Runs;

namespace VitLab.Web.Corrections;

/// <param name="Added">Digits that are corrections now.</param>
/// <param name="Known">Digits that were among them already, stroke by stroke, and are not taken twice.</param>
public sealed record ImportResult(int Added, int Known);

/// <summary>Takes labelled drawings from a drawings file: single digits as they are, grids cut into the digits of their cells.</summary>
public static class CorrectionImport
{
    /// <param name="lines">One JSON object a line; empty lines are skipped.</param>
    /// <exception cref="DrawingFormatException">At the first line that will not do, with its number and field; nothing is taken then.</exception>
    /// <exception cref="RunConflictException">There is no room for all of them; nothing is taken then.</exception>
    /// <exception cref="IOException">The disk cannot take them; nothing is taken then.</exception>
    public static ImportResult Take(CorrectionStore store, TextReader lines)
    {
        var digits = Read(lines).ToList();
        if (digits.Count == 0) throw new DrawingFormatException("", "the file holds no drawings.");
        var known = store.List().Select(KeyOf).ToHashSet();
        var unknown = digits.Where(digit => known.Add(KeyOf(digit))).ToList();
        if (unknown.Count > 0) store.AddAll(unknown);
        return new ImportResult(unknown.Count, digits.Count - unknown.Count);
    }

    private static IEnumerable<Correction> Read(TextReader lines)
    {
        for (var line = 1; lines.ReadLine() is { } text; line++)
        {
            if (string.IsNullOrWhiteSpace(text)) continue;
            foreach (var digit in Digits(CorrectionJson.Parse(text, line), line)) yield return digit;
        }
    }

    private static IEnumerable<Correction> Digits(Correction read, int line)
    {
        if (read.Drawing.Label is not { Count: > 0 } labels) throw new DrawingFormatException("label", "missing; expected the digit that is drawn, or a list of one for each cell that is drawn in.", line);
        List<Drawing> drawn = labels.Count == 1 ? [read.Drawing] : Cut(read.Drawing, line);
        foreach (var drawing in drawn)
        {
            if (MnistNormalizer.Normalize(drawing) is null) throw new DrawingFormatException("strokes", "nothing is drawn.", line);
            yield return read with { Drawing = drawing, ReadAs = drawn.Count == 1 ? read.ReadAs : null };
        }
    }

    /// <summary>The cells that are drawn in.</summary>
    private static List<Drawing> Cut(Drawing grid, int line)
    {
        try
        {
            var drawn = DrawnCells.Of(grid).Where(cell => !cell.IsEmpty).ToList();
            return drawn.Count == grid.Label!.Count ? drawn
                : throw new DrawingFormatException("label", $"expected one digit for each of the {drawn.Count} cells that are drawn in, got {grid.Label.Count}.");
        }
        catch (DrawingFormatException e)
        {
            throw new DrawingFormatException(e.Field, e.Reason, line, e);
        }
    }

    private static string KeyOf(Correction correction) => DrawingFile.Format(correction.Drawing);
}

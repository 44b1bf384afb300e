namespace VitLab.Vision;

/// <summary>Says which cell of a grid a stroke belongs to: the one that holds most of its length. Cells at the rim reach beyond the canvas.</summary>
internal readonly struct StrokeOwners(int rows, int columns, int cellWidth, int cellHeight)
{
    public int Of(IReadOnlyList<float> stroke)
    {
        Span<double> lengths = stackalloc double[rows * columns];
        lengths.Clear();
        for (var i = 2; i + 1 < stroke.Count; i += 2)
        {
            AddSegment(lengths, stroke[i - 2], stroke[i - 1], stroke[i], stroke[i + 1]);
        }

        var owner = stroke.Count < 2 ? 0 : CellAt(stroke[0], stroke[1]);         // dots have no length, only a place
        for (var cell = 0; cell < lengths.Length; cell++)
        {
            owner = lengths[cell] > lengths[owner] ? cell : owner;
        }

        return owner;
    }

    /// <summary>Cuts the segment where it crosses lines of the grid; each piece lies in one cell, that of its middle.</summary>
    private void AddSegment(Span<double> lengths, float x0, float y0, float x1, float y1)
    {
        double dx = x1 - x0, dy = y1 - y0;
        var length = Math.Sqrt((dx * dx) + (dy * dy));
        Span<double> cuts = stackalloc double[rows + columns];
        var count = 0;
        for (var column = 1; column < columns; column++)
        {
            count = AddCut(cuts, count, ((column * cellWidth) - x0) / dx);
        }

        for (var row = 1; row < rows; row++)
        {
            count = AddCut(cuts, count, ((row * cellHeight) - y0) / dy);
        }

        cuts[count++] = 1;
        cuts[..count].Sort();
        var from = 0.0;
        foreach (var to in cuts[..count])
        {
            var middle = (from + to) / 2;
            lengths[CellAt(x0 + (middle * dx), y0 + (middle * dy))] += (to - from) * length;
            from = to;
        }
    }

    /// <param name="at">Share of the segment; not a number or infinite when it runs along the line.</param>
    private static int AddCut(Span<double> cuts, int count, double at)
    {
        if (at is > 0 and < 1)
        {
            cuts[count++] = at;
        }

        return count;
    }

    private int CellAt(double x, double y) =>
        ((int)Math.Clamp(Math.Floor(y / cellHeight), 0, rows - 1) * columns) + (int)Math.Clamp(Math.Floor(x / cellWidth), 0, columns - 1);
}

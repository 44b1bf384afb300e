namespace VitLab.Vision;

/// <summary>Drawings on a canvas of rows × columns equal cells, one digit a cell, counted in reading order.</summary>
public static class GridDrawing
{
    /// <summary>Cells in a row or column: the longest row is a sequence's with its anchor.</summary>
    public const int MaximumSide = 11;

    /// <summary>
    /// One drawing for each cell, on a canvas of the cell's size. A stroke goes whole to the cell that holds most of its length; points that stray
    /// over the border are kept, and what lies outside the canvas counts for the nearest cell. When the drawing's label names one digit for each
    /// cell that is drawn in, each of these carries its own.
    /// </summary>
    /// <exception cref="DrawingFormatException">When the canvas cannot be cut into equal cells of whole units.</exception>
    public static Drawing[] Split(Drawing drawing, int rows, int columns)
    {
        var (width, height) = CellSize(drawing, rows, columns);
        var strokes = new List<IReadOnlyList<float>>[rows * columns];
        for (var cell = 0; cell < strokes.Length; cell++)
        {
            strokes[cell] = [];
        }

        var owners = new StrokeOwners(rows, columns, width, height);
        foreach (var stroke in drawing.Strokes)
        {
            var cell = owners.Of(stroke);
            strokes[cell].Add(Moved(stroke, -(cell % columns * width), -(cell / columns * height)));
        }

        var digits = drawing.Label is { } label && label.Count == strokes.Count(cell => cell.Count > 0) ? new Queue<int>(label) : null;
        return [.. strokes.Select(cell => new Drawing(width, height, cell)
        {
            Brush = drawing.Brush,
            Label = digits is not null && cell.Count > 0 ? [digits.Dequeue()] : null,
        })];
    }

    /// <summary>
    /// The cells' drawings side by side on one canvas: what <see cref="Split"/> takes apart. Labelled when every cell that is drawn in is, with the
    /// brush of the first of these.
    /// </summary>
    /// <param name="cells">rows × columns drawings of one size, in reading order; empty drawings leave their cell empty.</param>
    /// <exception cref="ArgumentException">When there are fewer or more, or their sizes differ.</exception>
    public static Drawing Join(IReadOnlyList<Drawing> cells, int rows, int columns)
    {
        CheckSides(rows, columns);
        if (cells.Count != rows * columns)
        {
            throw new ArgumentException($"cells: expected {rows} × {columns} drawings, got {cells.Count}.", nameof(cells));
        }

        var (width, height) = (cells[0].Width, cells[0].Height);
        if (cells.FirstOrDefault(cell => (cell.Width, cell.Height) != (width, height)) is { } other)
        {
            throw new ArgumentException($"cells: expected all of one size, got {width} × {height} and {other.Width} × {other.Height}.", nameof(cells));
        }

        var drawn = cells.Where(cell => !cell.IsEmpty).ToList();
        return new Drawing(columns * width, rows * height, [.. cells.SelectMany((cell, index) => cell.Strokes.Select(stroke => Moved(stroke, index % columns * width, index / columns * height)))])
        {
            Brush = drawn.FirstOrDefault()?.Brush,
            Label = drawn.Count > 0 && drawn.TrueForAll(cell => cell.Label is not null) ? [.. drawn.SelectMany(cell => cell.Label!)] : null,
        };
    }

    internal static void CheckSides(int rows, int columns)
    {
        CheckSide(rows, nameof(rows));
        CheckSide(columns, nameof(columns));
    }

    private static void CheckSide(int side, string name)
    {
        if (side is < 1 or > MaximumSide)
        {
            throw new ArgumentOutOfRangeException(name, side, $"{name}: expected 1 to {MaximumSide} cells.");
        }
    }

    private static (int Width, int Height) CellSize(Drawing drawing, int rows, int columns)
    {
        CheckSides(rows, columns);
        if (drawing.Width % columns != 0)
        {
            throw new DrawingFormatException("width", $"expected a multiple of {columns}, for {columns} cells side by side, got {drawing.Width}.");
        }

        if (drawing.Height % rows != 0)
        {
            throw new DrawingFormatException("height", $"expected a multiple of {rows}, for {rows} cells one below the other, got {drawing.Height}.");
        }

        return (drawing.Width / columns, drawing.Height / rows);
    }

    private static float[] Moved(IReadOnlyList<float> stroke, int x, int y) => [.. stroke.Select((coordinate, index) => coordinate + (index % 2 == 0 ? x : y))];
}

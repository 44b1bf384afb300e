namespace VitLab.Vision;

/// <summary>What a model of grids sees: 28 × 28 pixels for each of rows × columns cells, side by side in one picture.</summary>
public static class GridNormalizer
{
    /// <summary>Ink in a cell of a picture whose longer side is below this share of the cell's is a speck and no digit.</summary>
    private const float LeastDigit = 1f / 8;

    /// <param name="center">
    /// MNIST's normalisation of each cell by itself, so that it does not matter where in its cell a digit is drawn and how large; off keeps
    /// the drawing as it lies. Cells without strokes stay empty.
    /// </param>
    /// <returns>Null when nothing is drawn.</returns>
    /// <exception cref="DrawingFormatException">When the canvas cannot be cut into equal cells.</exception>
    public static GrayImage? Normalize(Drawing drawing, int rows, int columns, bool center = true)
    {
        if (!center)
        {
            GridDrawing.CheckSides(rows, columns);
            var brush = drawing.Brush / drawing.Width ?? StrokeRasterizer.DefaultBrush / columns;
            return NullIfEmpty(StrokeRasterizer.Rasterize(drawing, columns * MnistNormalizer.Size, rows * MnistNormalizer.Size, brush));
        }

        return Assemble([.. GridDrawing.Split(drawing, rows, columns).Select(cell => MnistNormalizer.Normalize(cell))], columns);
    }

    /// <summary>
    /// A picture of any size; dark ink on light paper is inverted. With <paramref name="center"/>, connected ink goes to the cell that holds
    /// most of it, as strokes do, and specks too small to be a digit are left out.
    /// </summary>
    /// <returns>Null when it carries no ink.</returns>
    public static GrayImage? Normalize(GrayImage picture, int rows, int columns, bool center = true)
    {
        GridDrawing.CheckSides(rows, columns);
        var ink = InkExtractor.Extract(picture);
        if (!center)
        {
            return NullIfEmpty(MnistNormalizer.Fit(ink, columns * MnistNormalizer.Size, rows * MnistNormalizer.Size));
        }

        var least = LeastDigit * Math.Max((float)ink.Width / columns, (float)ink.Height / rows);
        return Assemble([.. InkParts.Split(ink, rows, columns).Select(cell => cell is not null && Math.Max(cell.Width, cell.Height) >= least ? MnistNormalizer.Normalize(cell) : null)], columns);
    }

    private static GrayImage? Assemble(GrayImage?[] cells, int columns)
    {
        if (Array.TrueForAll(cells, cell => cell is null))
        {
            return null;
        }

        const int Size = MnistNormalizer.Size;
        var picture = new GrayImage(columns * Size, cells.Length / columns * Size);
        foreach (var (index, cell) in cells.Index())
        {
            var corner = (index / columns * Size * picture.Width) + (index % columns * Size);
            for (var y = 0; cell is not null && y < Size; y++)
            {
                cell.Pixels.AsSpan(y * Size, Size).CopyTo(picture.Pixels.AsSpan(corner + (y * picture.Width)));
            }
        }

        return picture;
    }

    private static GrayImage? NullIfEmpty(GrayImage image) => image.IsEmpty ? null : image;
}

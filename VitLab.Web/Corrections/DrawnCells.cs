using VitLab.Experiments;
using VitLab.Vision;

namespace VitLab.Web.Corrections;

/// <summary>The digits of a drawing on a canvas of cells, each on a canvas of its own.</summary>
internal static class DrawnCells
{
    /// <summary>One drawing for each cell in reading order, labelled where the drawing's labels are one for each cell that is drawn in.</summary>
    /// <exception cref="DrawingFormatException">When the canvas is not made of cells of 280 × 280 units.</exception>
    public static IReadOnlyList<Drawing> Of(Drawing drawing)
    {
        var (rows, columns) = (Cells(drawing.Height, "height"), Cells(drawing.Width, "width"));
        return GridDrawing.Split(drawing, rows, columns);
    }

    private static int Cells(int units, string field) =>
        units % CanvasGuide.CellUnits == 0 && units / CanvasGuide.CellUnits is <= GridDrawing.MaximumSide and var cells ? cells
            : throw new DrawingFormatException(field, $"expected cells of {CanvasGuide.CellUnits} units, {CanvasGuide.CellUnits} to {GridDrawing.MaximumSide * CanvasGuide.CellUnits} in all, got {units}.");
}

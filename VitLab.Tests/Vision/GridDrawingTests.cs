using FsCheck;
using FsCheck.Fluent;
using VitLab.Data;
using VitLab.Vision;

namespace VitLab.Tests.Vision;

public class GridDrawingTests
{
    /// <summary>Sides of a grid and any scribble on its canvas, some of it outside.</summary>
    private static readonly Gen<(int Rows, int Columns, Drawing Drawing)> s_scribbles =
        from rows in Gen.Choose(1, 4)
        from columns in Gen.Choose(1, 4)
        from strokes in Gen.NonEmptyListOf(Gen.NonEmptyListOf(Gen.Zip(Gen.Choose(-200, 13_000), Gen.Choose(-200, 13_000))))
        select (rows, columns, new Drawing(columns * 280, rows * 280, [.. strokes.Select(stroke => (float[])[.. stroke.SelectMany(point => new[] { point.Item1 / 10f, point.Item2 / 10f })])]));

    [Fact]
    public void Join_OfASplitDrawing_HasTheSameStrokes() =>
        Properties.Hold(Prop.ForAll(s_scribbles.ToArbitrary(), each =>
        {
            var again = GridDrawing.Join(GridDrawing.Split(each.Drawing, each.Rows, each.Columns), each.Rows, each.Columns);

            return (again.Width, again.Height) == (each.Drawing.Width, each.Drawing.Height) && Strokes(again).SequenceEqual(Strokes(each.Drawing));
        }));

    [Fact]
    public void Split_OfJoinedCells_GivesThemBackWithTheirLabels()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            int[] digits = [.. Enumerable.Range(0, 9).Select(cell => (seed + (3 * cell)) % 11 - 1)];        // -1 is an empty cell

            var cells = GridDrawing.Split(PenDigits.DrawGrid(digits, 3, 3, seed), 3, 3);

            Assert.Equal(digits, cells.Select(cell => cell.Label is [var digit] ? digit : GridComposer.Empty));
            Assert.All(cells, cell => Assert.Equal((280, 280), (cell.Width, cell.Height)));
            Assert.All(cells.SelectMany(cell => cell.Strokes).SelectMany(stroke => stroke), coordinate => Assert.InRange(coordinate, 0, 280));
        }
    }

    [Theory]
    [InlineData(new float[] { 100, 100, 270, 100, 300, 100 }, 0)]             // strays over the border
    [InlineData(new float[] { 250, 100, 400, 100 }, 1)]
    [InlineData(new float[] { 100, 270, 100, 500 }, 2)]
    [InlineData(new float[] { 200, 200, 400, 400 }, 3)]                       // along the diagonal: 80 in the first cell, 120 in the last
    [InlineData(new float[] { 230, 100, 330, 100 }, 0)]                       // half and half: the first in reading order
    [InlineData(new float[] { 300, 20 }, 1)]                                  // a dot
    [InlineData(new float[] { 300, 300, 300, 300 }, 3)]
    [InlineData(new float[] { -900, 500, -50, 500 }, 2)]                      // outside: the nearest
    public void Split_Stroke_GoesWhereMostOfItLies(float[] stroke, int cell)
    {
        var cells = GridDrawing.Split(new Drawing(560, 560, [stroke]), 2, 2);

        Assert.Equal([cell], Enumerable.Range(0, 4).Where(each => !cells[each].IsEmpty));
        Assert.Equal(stroke.Select((value, i) => value - (i % 2 == 0 ? cell % 2 * 280 : cell / 2 * 280)), cells[cell].Strokes[0]);
    }

    [Fact]
    public void Split_LabelThatDoesNotCountTheDrawnCells_IsLeftOut()
    {
        var drawing = PenDigits.DrawGrid([1, 2, 3, 4], 2, 2, seed: 1) with { Label = [1, 2, 3] };

        Assert.All(GridDrawing.Split(drawing, 2, 2), cell => Assert.Null(cell.Label));
    }

    [Fact]
    public void SplitAndJoin_KeepTheBrush()
    {
        var drawing = PenDigits.DrawGrid([-1, 2, 3, -1], 2, 2, seed: 1) with { Brush = 31 };

        var cells = GridDrawing.Split(drawing, 2, 2);

        Assert.All(cells, cell => Assert.Equal(31, cell.Brush));
        Assert.Equal(31, GridDrawing.Join(cells, 2, 2).Brush);
    }

    [Fact]
    public void Join_OneCellUnlabelled_IsUnlabelled() =>
        Assert.Null(GridDrawing.Join([PenDigits.Draw(1, 1), PenDigits.Draw(2, 2) with { Label = null }], 1, 2).Label);

    [Fact]
    public void Split_CanvasThatIsNoGrid_NamesTheSide()
    {
        Assert.Equal("width", Assert.Throws<DrawingFormatException>(() => GridDrawing.Split(new Drawing(281, 280, []), 2, 2)).Field);
        Assert.Equal("height", Assert.Throws<DrawingFormatException>(() => GridDrawing.Split(new Drawing(280, 281, []), 2, 2)).Field);
        Assert.Equal("rows", Assert.Throws<ArgumentOutOfRangeException>(() => GridDrawing.Split(new Drawing(280, 280, []), 12, 2)).ParamName);
    }

    [Fact]
    public void Join_WrongCells_SaysWhatIsExpected()
    {
        var cell = PenDigits.Draw(1, 1);

        Assert.Contains("2 × 2 drawings, got 3", Assert.Throws<ArgumentException>(() => GridDrawing.Join([cell, cell, cell], 2, 2)).Message, StringComparison.Ordinal);
        Assert.Contains("280 × 280 and 100 × 280", Assert.Throws<ArgumentException>(() => GridDrawing.Join([cell, cell with { Width = 100 }], 1, 2)).Message, StringComparison.Ordinal);
    }

    /// <summary>Rounded to a hundredth: points that stray over a border lose the last bits of their fraction on the way.</summary>
    private static IEnumerable<string> Strokes(Drawing drawing) =>
        drawing.Strokes.Select(stroke => string.Join(' ', stroke.Select(coordinate => Math.Round((double)coordinate, 2)))).Order(StringComparer.Ordinal);
}

using FsCheck;
using FsCheck.Fluent;
using VitLab.Data;
using VitLab.Vision;

namespace VitLab.Tests.Vision;

public class GridNormalizerTests
{
    private static readonly int[] s_digits = [3, 8, 1, 7];

    [Fact]
    public void Normalize_DigitInOneCell_FillsThatCellAlone() =>
        Properties.Hold(Prop.ForAll(
            (from rows in Gen.Choose(1, 4) from columns in Gen.Choose(1, 4) from cell in Gen.Choose(0, (rows * columns) - 1) from seed in Gen.Choose(0, 100_000) select (rows, columns, cell, seed)).ToArbitrary(),
            each =>
            {
                var digits = new int[each.rows * each.columns];
                Array.Fill(digits, GridComposer.Empty);
                digits[each.cell] = each.seed % 10;

                var picture = GridNormalizer.Normalize(PenDigits.DrawGrid(digits, each.rows, each.columns, each.seed), each.rows, each.columns)!;

                var (left, top, right, bottom) = GrayImages.Box(picture);
                return (picture.Width, picture.Height) == (each.columns * 28, each.rows * 28)
                    && left / 28 == each.cell % each.columns && (right - 1) / 28 == each.cell % each.columns
                    && top / 28 == each.cell / each.columns && (bottom - 1) / 28 == each.cell / each.columns;
            }));

    [Fact]
    public void Normalize_EachCell_IsWhatASingleDigitLooksLike()
    {
        var drawing = PenDigits.DrawGrid(s_digits, 2, 2, seed: 4);

        var picture = GridNormalizer.Normalize(drawing, 2, 2)!;

        Assert.Equal(GridDrawing.Split(drawing, 2, 2).Select(cell => MnistNormalizer.Normalize(cell)!.Pixels), Enumerable.Range(0, 4).Select(cell => Cell(picture, cell)));
    }

    [Fact]
    public void Normalize_StrokesMovedWithinTheirCells_LookTheSame() =>
        Properties.Hold(Prop.ForAll(
            Gen.Zip(Gen.Choose(0, 10_000), Gen.Zip(Gen.Choose(-20, 20), Gen.Choose(-20, 20))).ToArbitrary(),
            each =>
            {
                var drawing = PenDigits.DrawGrid(s_digits, 2, 2, each.Item1);
                var cells = GridDrawing.Split(drawing, 2, 2);
                var moved = cells.Select((cell, i) => cell with { Strokes = [.. cell.Strokes.Select(stroke => (float[])[.. stroke.Select((at, k) => at + (k % 2 == 0 ? each.Item2.Item1 : each.Item2.Item2 * (i % 3 - 1)))])] });

                var (expected, actual) = (GridNormalizer.Normalize(drawing, 2, 2)!, GridNormalizer.Normalize(GridDrawing.Join([.. moved], 2, 2), 2, 2)!);
                return Enumerable.Range(0, 4).All(cell => LookTheSame(Cell(expected, cell), Cell(actual, cell)));
            }));

    [Fact]
    public void Normalize_NotCentered_KeepsTheDrawingWhereItIs()
    {
        var drawing = new Drawing(560, 560, [[40, 20, 40, 200], [400, 300, 500, 300]]);

        var picture = GridNormalizer.Normalize(drawing, 2, 2, center: false)!;

        // 10 units a pixel; a brush of 0.08 · 280 units is 2.24 px.
        Assert.Equal((2, 0, 52, 32), GrayImages.Box(picture));
        Assert.Equal(255, picture[3, 10]);
        Assert.Equal(255, picture[45, 29]);
    }

    [Fact]
    public void Normalize_Brush_IsHonouredBothWays()
    {
        var drawing = PenDigits.DrawGrid(s_digits, 2, 2, seed: 4);
        foreach (var center in (bool[])[true, false])
        {
            var ink = new[] { 11.2f, 22.4f, 44.8f }.Select(brush => GrayImages.Ink(GridNormalizer.Normalize(drawing with { Brush = brush }, 2, 2, center)!)).ToList();

            Assert.Equal(GrayImages.Ink(GridNormalizer.Normalize(drawing, 2, 2, center)!), ink[1], ink[1] * 0.001);
            Assert.InRange(ink[0], 0, 0.7 * ink[1]);
            Assert.InRange(ink[2], 1.4 * ink[1], double.MaxValue);
        }
    }

    [Fact]
    public void Normalize_Nothing_IsNull()
    {
        foreach (var center in (bool[])[true, false])
        {
            Assert.Null(GridNormalizer.Normalize(new Drawing(560, 560, []), 2, 2, center));
            Assert.Null(GridNormalizer.Normalize(new GrayImage(560, 560), 2, 2, center));
        }
    }

    [Fact]
    public void Normalize_BadSizes_NameTheField()
    {
        Assert.Equal("width", Assert.Throws<DrawingFormatException>(() => GridNormalizer.Normalize(new Drawing(281, 280, [[1, 1]]), 2, 2)).Field);
        Assert.Equal("columns", Assert.Throws<ArgumentOutOfRangeException>(() => GridNormalizer.Normalize(new GrayImage(56, 56), 2, 12)).ParamName);
    }

    [Theory]
    [InlineData(560, 560)]
    [InlineData(561, 403)]
    [InlineData(56, 56)]
    public void Normalize_PictureOfADrawing_ShowsTheSameDigits(int width, int height)
    {
        var drawing = PenDigits.DrawGrid([3, GridComposer.Empty, 1, 7], 2, 2, seed: 5);
        var picture = StrokeRasterizer.Rasterize(drawing, width, height, brush: 0.04f);
        for (var i = 0; i < picture.Pixels.Length; i++)
        {
            picture.Pixels[i] = (byte)(255 - picture.Pixels[i]);    // ink on paper
        }

        var (expected, actual) = (GridNormalizer.Normalize(drawing, 2, 2)!, GridNormalizer.Normalize(picture, 2, 2)!);

        Assert.Equal((56, 56), (actual.Width, actual.Height));
        Assert.All(Cell(actual, 1), pixel => Assert.Equal(0, pixel));
        Assert.Equal(20, GrayImages.Box(new GrayImage(28, 28, Cell(actual, 3)), above: 100) is var (left, top, right, bottom) ? Math.Max(right - left, bottom - top) : 0, 1.1);
        if (width == height)
        {
            Assert.InRange(expected.Pixels.Zip(actual.Pixels, (a, b) => Math.Abs(a - b)).Sum(), 0, GrayImages.Ink(expected) * 0.45);
        }
    }

    [Fact]
    public void Normalize_PlainGrid_IsRoughlyItself()
    {
        var (grid, _) = new GridComposer(2, 2).PlainPicture(PenDigits.Generate(40, seed: 3), 7);

        var again = GridNormalizer.Normalize(grid, 2, 2)!;

        Assert.InRange(grid.Pixels.Zip(again.Pixels, (a, b) => Math.Abs(a - b)).Sum(), 0, GrayImages.Ink(grid) * 0.35);
        Assert.Equal(grid.Pixels, GridNormalizer.Normalize(Ink(), 2, 2, center: false)!.Pixels);

        // Extraction clears what is nearly paper; of black and white alone it changes nothing.
        GrayImage Ink()
        {
            foreach (ref var pixel in grid.Pixels.AsSpan())
            {
                pixel = (byte)(pixel > 127 ? 255 : 0);
            }

            return grid;
        }
    }

    [Fact]
    public void Normalize_InkThatSticksOutOverTheBorder_StaysWithItsDigit()
    {
        var picture = GrayImages.Rectangle(560, 560, 100, 130, 300, 140);                        // 180 in the first cell, 20 in the second

        var normalized = GridNormalizer.Normalize(picture, 2, 2)!;

        Assert.All(Cell(normalized, 1), pixel => Assert.Equal(0, pixel));
        Assert.NotEqual(0, Cell(normalized, 0).Max());
    }

    [Fact]
    public void Normalize_SpeckBesideABorder_IsNoDigit()
    {
        var picture = GrayImages.Rectangle(560, 560, 100, 60, 120, 240);
        for (var y = 100; y < 120; y++)
        {
            picture.Pixels.AsSpan((y * 560) + 282, 20).Fill(255);
        }

        Assert.All(Cell(GridNormalizer.Normalize(picture, 2, 2)!, 1), pixel => Assert.Equal(0, pixel));
    }

    [Fact]
    public void Normalize_DigitsThatTouch_AreCutAtTheBorder()
    {
        var picture = GrayImages.Rectangle(560, 560, 30, 136, 530, 144);                         // one line through two cells

        var normalized = GridNormalizer.Normalize(picture, 2, 2)!;

        Assert.All((int[])[0, 1], cell => Assert.NotEqual(0, Cell(normalized, cell).Max()));
    }

    [Fact]
    public void Normalize_CornersThatTouch_AreOnePart()
    {
        var picture = new GrayImage(56, 56);
        for (var i = 0; i < 30; i++)
        {
            picture[i + 2, i + 2] = 255;                            // a diagonal of single pixels, 26 in the first cell, 4 in the last
        }

        var normalized = GridNormalizer.Normalize(picture, 2, 2)!;

        Assert.All(Cell(normalized, 3), pixel => Assert.Equal(0, pixel));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(5, 5)]
    public void Normalize_TinyPicture_DoesNotFail(int width, int height)
    {
        var picture = GrayImages.Rectangle(width, height, 0, 0, 1, 1);

        foreach (var center in (bool[])[true, false])
        {
            var normalized = GridNormalizer.Normalize(picture, 4, 4, center);
            Assert.True(normalized is null or { Width: 112, Height: 112 });
        }
    }

    [Fact]
    public void Normalize_NoisyPicture_DoesNotFail() => GridNormalizer.Normalize(GrayImages.Noise(601, 403, seed: 1), 3, 4);

    /// <summary>Digits are centred by whole pixels, so one that lies half way between two may go either way.</summary>
    private static bool LookTheSame(byte[] a, byte[] b) => new[] { 0, 1, -1, 28, -28, 27, -27, 29, -29 }.Any(shift =>
        Enumerable.Range(0, a.Length).All(i => Math.Abs(a[i] - (i + shift >= 0 && i + shift < b.Length ? b[i + shift] : 0)) <= 2));

    private static byte[] Cell(GrayImage picture, int cell) =>
        [.. from y in Enumerable.Range(cell / 2 * 28, 28) from x in Enumerable.Range(cell % 2 * 28, 28) select picture[x, y]];
}

using VitLab.Data;
using VitLab.Vision;

namespace VitLab.Tests.Data;

public class PenDigitsTests
{
    [Fact]
    public void Generate_SameSeed_GivesTheSameImagesWhateverTheCount()
    {
        var (few, many) = (PenDigits.Generate(30, seed: 5), PenDigits.Generate(1200, seed: 5));

        Assert.Equal(few.Pixels, many.Pixels[..few.Pixels.Length]);
        Assert.NotEqual(few.Pixels, PenDigits.Generate(30, seed: 6).Pixels);
    }

    /// <summary>
    /// Runs and shipped checkpoints name the data they learned from by <see cref="PenDigits.Version"/>: whoever changes what it stands for changes the version.
    /// The sums of the pixels may differ in the last place where another machine's sine does.
    /// </summary>
    [Fact]
    public void Generate_KnownHands_WriteTheDigitsOfVersion1()
    {
        int[] ink = [26_766, 18_862, 33_537, 34_757, 23_432, 19_391, 17_859, 28_433, 24_174, 30_064];

        var images = PenDigits.Generate(10, seed: 1);

        Assert.Equal(1, PenDigits.Version);
        Assert.All(ink.Index(), each => Assert.Equal(each.Item, Ink(images, each.Index), each.Item * 0.001));
    }

    [Fact]
    public void Generate_Labels_AreBalanced() =>
        Assert.All(PenDigits.Generate(200, seed: 1).Labels.GroupBy(label => label), group => Assert.Equal(20, group.Count()));

    /// <summary>MNIST's: a box of 20, the centre of mass at index 14, and (mean over the training file) an ink of 102 with a standard deviation of 34 full pixels.</summary>
    [Fact]
    public void Generate_Digits_HaveTheStatisticsOfMnist()
    {
        var images = PenDigits.Generate(2000, seed: 3);
        var digits = Enumerable.Range(0, images.Count).Select(i => new GrayImage(28, 28, images.Image(i).ToArray())).ToList();

        Assert.All(digits, digit =>
        {
            var (x, y) = Vision.GrayImages.CenterOfMass(digit);
            var (left, top, right, bottom) = Vision.GrayImages.Box(digit);
            Assert.InRange(x, 13.4, 14.6);
            Assert.InRange(y, 13.4, 14.6);
            Assert.InRange(Math.Max(right - left, bottom - top), 18, 21);
        });
        var ink = digits.Select(digit => Vision.GrayImages.Ink(digit) / 255.0).ToList();
        Assert.InRange(ink.Average(), 92, 112);
        Assert.InRange(Math.Sqrt(ink.Average(each => Math.Pow(each - ink.Average(), 2))), 27, 41);
    }

    /// <summary>Top-heavy digits touch the rim before their mass is in the middle, as some of MNIST's do.</summary>
    [Fact]
    public void Generate_UnseenHands_FillTheBoxOfMnist()
    {
        var images = PenDigits.Generate(2000, seed: 3, PenHands.Unseen);

        for (var i = 0; i < images.Count; i++)
        {
            var digit = new GrayImage(28, 28, images.Image(i).ToArray());
            var (x, y) = Vision.GrayImages.CenterOfMass(digit);
            var (left, top, right, bottom) = Vision.GrayImages.Box(digit);
            Assert.Equal(14, x, 0.6);
            Assert.InRange(y, top == 0 || bottom == 28 ? 11.5 : 13.4, top == 0 || bottom == 28 ? 16.5 : 14.6);
            Assert.InRange(Math.Max(right - left, bottom - top), 18, 21);
        }
    }

    [Fact]
    public void Generate_Cancelled_Stops()
    {
        using var cancel = new CancellationTokenSource();

        Assert.ThrowsAny<OperationCanceledException>(() => PenDigits.Generate(1_000_000, seed: 1, onImages: _ => cancel.Cancel(), ct: cancel.Token));
    }

    [Fact]
    public void Draw_EveryDigit_FitsItsCanvasAndCarriesItsLabel()
    {
        for (var i = 0; i < 200; i++)
        {
            var drawing = PenDigits.Draw(i % 10, seed: i);

            Assert.Equal([i % 10], drawing.Label);
            Assert.All(drawing.Strokes.SelectMany(stroke => stroke), coordinate => Assert.InRange(coordinate, 0, 280));
            Assert.NotEmpty(DrawingFile.Format(DrawingFile.Parse(DrawingFile.Format(drawing))));
        }
    }

    [Fact]
    public void Draw_NoDigit_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => PenDigits.Draw(10, seed: 1));

    [Fact]
    public void UnseenGlyphs_OfEachDigit_AreSeveralAndNoneIsKnown()
    {
        Assert.Equal(10, UnseenGlyphs.All.Length);
        Assert.All(UnseenGlyphs.All.Index(), digit =>
        {
            Assert.InRange(digit.Item.Length, 2, 9);
            var known = PenGlyphs.All[digit.Index].Select(Points).ToHashSet();
            Assert.DoesNotContain(digit.Item.Select(Points), known.Contains);
        });

        static string Points(PenGlyph glyph) => string.Join('/', glyph.Strokes.Select(stroke => string.Join(' ', stroke)));
    }

    [Fact]
    public void Draw_OtherHands_WriteOtherwise()
    {
        for (var digit = 0; digit < 10; digit++)
        {
            Assert.NotEqual(DrawingFile.Format(PenDigits.Draw(digit, seed: 1)), DrawingFile.Format(PenDigits.Draw(digit, seed: 1, PenHands.Unseen)));
        }
    }

    [Theory]
    [InlineData(PenHands.Known)]
    [InlineData(PenHands.Unseen)]
    public void DrawGrid_Digits_StandInTheirCellsAndAreItsLabel(PenHands hands)
    {
        var drawing = PenDigits.DrawGrid([3, GridComposer.Empty, 0, 7, 3, 9], 2, 3, seed: 5, hands);

        Assert.Equal((840, 560), (drawing.Width, drawing.Height));
        Assert.Equal([3, 0, 7, 3, 9], drawing.Label);
        var cells = GridDrawing.Split(drawing, 2, 3);
        Assert.True(cells[1].IsEmpty);
        Assert.NotEqual(cells[0].Strokes, cells[4].Strokes);        // the two threes are written each by itself
        Assert.Equal(DrawingFile.Format(drawing), DrawingFile.Format(PenDigits.DrawGrid([3, -1, 0, 7, 3, 9], 2, 3, seed: 5, hands)));
    }

    [Fact]
    public void DrawGrid_WrongDigits_AreRefused()
    {
        Assert.Contains("2 × 2 drawings, got 3", Assert.Throws<ArgumentException>(() => PenDigits.DrawGrid([1, 2, 3], 2, 2, seed: 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => PenDigits.DrawGrid([1, 2, 3, 10], 2, 2, seed: 1));
    }

    private static double Ink(ImageSet images, int index) => images.Image(index).ToArray().Sum(pixel => pixel);
}

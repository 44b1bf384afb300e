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

    [Fact]
    public void Generate_Cancelled_Stops()
    {
        using var cancel = new CancellationTokenSource();

        Assert.ThrowsAny<OperationCanceledException>(() => PenDigits.Generate(1_000_000, seed: 1, _ => cancel.Cancel(), cancel.Token));
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
}

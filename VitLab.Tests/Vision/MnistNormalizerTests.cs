using FsCheck;
using FsCheck.Fluent;
using VitLab.Data;
using VitLab.Vision;

namespace VitLab.Tests.Vision;

public class MnistNormalizerTests
{
    [Fact]
    public void Normalize_AnyPenDigit_HasItsMassInTheMiddleAndFillsTheBox() =>
        Properties.Hold(Prop.ForAll(
            Gen.Zip(Gen.Choose(0, 9), Gen.Choose(0, 100_000)).ToArbitrary(),
            digit =>
            {
                var image = MnistNormalizer.Normalize(PenDigits.Draw(digit.Item1, digit.Item2))!;

                var (x, y) = GrayImages.CenterOfMass(image);
                var (left, top, right, bottom) = GrayImages.Box(image);
                return Math.Abs(x - 14) <= 0.51 && Math.Abs(y - 14) <= 0.51 && Math.Max(right - left, bottom - top) == 20;
            }));

    [Theory]
    [InlineData(0.2f, 20)]
    [InlineData(1, 0)]
    [InlineData(1.4f, -30)]
    public void Normalize_DrawingOfAnySizeAndPlace_LooksTheSame(float size, float shift)
    {
        var seven = new Drawing(280, 280, [[60, 40, 200, 40, 120, 240]]);
        var other = seven with { Strokes = [[.. seven.Strokes[0].Select(each => (each * size) + shift)]] };

        var (expected, actual) = (MnistNormalizer.Normalize(seven)!, MnistNormalizer.Normalize(other)!);

        Assert.All(expected.Pixels.Zip(actual.Pixels), pair => Assert.InRange(pair.Second, pair.First - 2, pair.First + 2));
    }

    [Theory]
    [InlineData(56, 40)]
    [InlineData(280, 200)]
    [InlineData(28, 20)]
    public void Normalize_PictureOfAnySize_GetsA20PixelBox(int size, int height)
    {
        var picture = GrayImages.Rectangle(size, size, 1, 2, 1 + (height / 2), 2 + height);

        var image = MnistNormalizer.Normalize(picture)!;

        Assert.Equal((9, 4, 19, 24), GrayImages.Box(image, above: 127));
        Assert.Equal(255, image[14, 14]);
    }

    [Fact]
    public void Normalize_PictureOfADrawing_IsCloseToTheDrawingItself()
    {
        var drawing = PenDigits.Draw(3, 5);

        var fromStrokes = MnistNormalizer.Normalize(drawing)!;
        var fromPixels = MnistNormalizer.Normalize(StrokeRasterizer.Rasterize(drawing, 280, 280))!;

        var difference = fromStrokes.Pixels.Zip(fromPixels.Pixels, (a, b) => Math.Abs(a - b)).Sum();
        Assert.InRange(difference, 0, GrayImages.Ink(fromStrokes) * 0.4);
    }

    [Fact]
    public void Normalize_MnistDigit_LeavesItAlone()
    {
        var digit = new GrayImage(28, 28, PenDigits.Generate(10, seed: 4).Image(5).ToArray());

        var again = MnistNormalizer.Normalize(digit)!;

        var (left, top, right, bottom) = GrayImages.Box(digit, above: 47);
        Assert.Equal(20, Math.Max(right - left, bottom - top), 1.1);
        var difference = digit.Pixels.Zip(again.Pixels, (a, b) => Math.Abs(a - b)).Sum();
        Assert.InRange(difference, 0, GrayImages.Ink(digit) * 0.35);
    }

    [Fact]
    public void Normalize_Nothing_IsNull()
    {
        Assert.Null(MnistNormalizer.Normalize(new Drawing(280, 280, [])));
        Assert.Null(MnistNormalizer.Normalize(new GrayImage(280, 280)));
        Assert.Null(MnistNormalizer.Normalize(GrayImages.Rectangle(28, 28, 3, 3, 9, 9, ink: 20)));
    }

    [Fact]
    public void Normalize_Tap_StaysASmallDot()
    {
        var image = MnistNormalizer.Normalize(new Drawing(280, 280, [[7, 250]]))!;

        var (left, top, right, bottom) = GrayImages.Box(image);
        Assert.InRange(right - left, 2, 5);
        Assert.InRange(bottom - top, 2, 5);
    }

    [Fact]
    public void Normalize_HairlinePicture_IsAsDarkAsInk()
    {
        var picture = GrayImages.Rectangle(800, 800, 100, 100, 700, 104);
        for (var y = 100; y < 700; y++)
        {
            picture[400, y] = picture[401, y] = picture[402, y] = 255;
        }

        var image = MnistNormalizer.Normalize(picture)!;

        Assert.InRange(image.Pixels.Count(pixel => pixel > 200), 15, 80);
    }

    [Fact]
    public void Normalize_OnePixelLineInAHugePicture_IsFound() =>
        Assert.InRange(MnistNormalizer.Normalize(GrayImages.Rectangle(4096, 4096, 0, 7, 4096, 8))!.Pixels.Max(), 200, 255);

    [Fact]
    public void Fit_KeepsPosition()
    {
        var fitted = MnistNormalizer.Fit(GrayImages.Rectangle(280, 280, 200, 0, 280, 80), 28, 28);

        Assert.Equal((20, 0, 28, 8), GrayImages.Box(fitted));
        Assert.Equal(255, fitted[24, 4]);
    }

    [Fact]
    public void Fit_SameSize_IsTheSamePicture()
    {
        var image = GrayImages.Noise(28, 28, 1);

        Assert.Equal(image.Pixels, MnistNormalizer.Fit(image, 28, 28).Pixels);
    }

    [Fact]
    public void Fit_Shrinking_KeepsTheMean()
    {
        var image = GrayImages.Noise(140, 140, 2);

        Assert.Equal(image.Pixels.Average(p => (double)p), MnistNormalizer.Fit(image, 28, 28).Pixels.Average(p => (double)p), 0.5);
    }
}

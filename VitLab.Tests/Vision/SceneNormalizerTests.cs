using VitLab.Vision;

namespace VitLab.Tests.Vision;

public class SceneNormalizerTests
{
    [Fact]
    public void Normalize_ADrawing_KeepsEveryPlaceAtTenUnitsAPixel()
    {
        var drawing = new Drawing(1120, 700, [[300f, 200, 300, 500]]) { Brush = 20 };

        var picture = SceneNormalizer.Normalize(drawing, patch: 7)!;

        Assert.Equal((112, 70), (picture.Width, picture.Height));
        Assert.Equal((29, 19, 31, 51), GrayImages.Box(picture));
    }

    [Theory]
    [InlineData(560, 560, 7, 56, 56)]
    [InlineData(571, 1000, 7, 63, 105)]              // whole pixels, then whole patches
    [InlineData(1680, 561, 14, 168, 70)]
    public void Normalize_AnySize_GetsWholePatches(int width, int height, int patch, int expectedWidth, int expectedHeight)
    {
        var picture = SceneNormalizer.Normalize(new Drawing(width, height, [[100f, 100, 300, 300]]), patch)!;

        Assert.Equal((expectedWidth, expectedHeight), (picture.Width, picture.Height));
    }

    // As bold as a digit on its own canvas of 280 units, whatever the paper's size.
    [Fact]
    public void Normalize_WithoutABrush_IsAsBoldOnEveryPaper()
    {
        var (small, large) = (SceneNormalizer.Normalize(new Drawing(560, 560, [[100f, 100, 400, 100]]), 7)!, SceneNormalizer.Normalize(new Drawing(1680, 1680, [[100f, 100, 400, 100]]), 7)!);

        Assert.Equal(GrayImages.Ink(small), GrayImages.Ink(large));
        Assert.Equal((4, GrayImages.Box(large).Bottom), (GrayImages.Box(small).Bottom - GrayImages.Box(small).Top, GrayImages.Box(small).Bottom));
    }

    [Theory]
    [InlineData(559, 800, "width")]
    [InlineData(800, 1681, "height")]
    [InlineData(280, 280, "width")]
    public void Normalize_OutOfLimits_NamesTheSide(int width, int height, string field)
    {
        var e = Assert.Throws<DrawingFormatException>(() => SceneNormalizer.Normalize(new Drawing(width, height, [[1f, 1]]), 7));

        Assert.Equal(field, e.Field);
        Assert.Contains("560 to 1680 units", e.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Normalize_NothingDrawn_IsNull()
    {
        Assert.Null(SceneNormalizer.Normalize(new Drawing(560, 560, []), 7));
        Assert.Null(SceneNormalizer.Normalize(new GrayImage(100, 100), 7));
    }

    [Theory]
    [InlineData(100, 80, 105, 84)]
    [InlineData(28, 28, 56, 56)]
    [InlineData(400, 200, 168, 84)]                  // made smaller
    [InlineData(1000, 20, 168, 56)]
    public void Normalize_APhoto_IsTurnedToInkAndFitsTheLimits(int width, int height, int expectedWidth, int expectedHeight)
    {
        var photo = new GrayImage(width, height);
        photo.Pixels.AsSpan().Fill(235);
        for (var y = height / 4; y < height / 2; y++)
        {
            photo.Pixels.AsSpan((y * width) + (width / 4), width / 8).Fill(20);
        }

        var picture = SceneNormalizer.Normalize(photo, patch: 7)!;

        Assert.Equal((expectedWidth, expectedHeight), (picture.Width, picture.Height));
        var scale = Math.Min(1, 168.0 / width);
        Assert.Equal(width / 4 * scale, GrayImages.Box(picture, above: 100).Left, 1.0);
        Assert.Equal(0, picture[expectedWidth - 1, expectedHeight - 1]);
    }
}

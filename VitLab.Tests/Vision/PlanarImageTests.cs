using VitLab.Vision;

namespace VitLab.Tests.Vision;

public class PlanarImageTests
{
    [Fact]
    public void Of_OneChannel_IsAGrayImage()
    {
        Assert.IsType<GrayImage>(PlanarImage.Of(1, 2, 1, [1, 2]));
        Assert.Equal(3, PlanarImage.Of(3, 2, 1, new byte[6]).Channels);
        Assert.Contains("expected 1 (grey) or 3", Assert.Throws<ArgumentException>(() => PlanarImage.Of(2, 2, 1, new byte[4])).Message, StringComparison.Ordinal);
        Assert.Contains("3 × 2 × 1 = 6 bytes, got 5", Assert.Throws<ArgumentException>(() => PlanarImage.Of(3, 2, 1, new byte[5])).Message, StringComparison.Ordinal);
    }

    // 0.299 · 255 = 76, 0.587 · 255 = 150.
    [Fact]
    public void ToGray_RedAndGreen_IsTheirLuma() => Assert.Equal([76, 150], PlanarImage.Of(3, 2, 1, [255, 0, 0, 255, 0, 0]).ToGray().Pixels);

    [Fact]
    public void ToGrayAndToColor_WhatIsSoAlready_IsTheSamePicture()
    {
        var (gray, color) = (new GrayImage(2, 1, [3, 4]), PlanarImage.Of(3, 1, 1, [1, 2, 3]));

        Assert.Same(gray, gray.ToGray());
        Assert.Same(color, color.ToColor());
        Assert.Equal([3, 4, 3, 4, 3, 4], gray.ToColor().Pixels);
    }

    [Fact]
    public void Fit_AWidePicture_IsItsMiddleInTheShapeAskedFor()
    {
        var wide = PlanarImage.Of(3, 16, 8, [.. Enumerable.Range(0, 3 * 16 * 8).Select(i => (byte)(i % 16 is >= 4 and < 12 ? 50 * (1 + (i / 128)) : 255))]);

        var fitted = PictureFit.Apply(wide, channels: 3, width: 4, height: 4);

        Assert.Equal((3, 4, 4), (fitted.Channels, fitted.Width, fitted.Height));
        Assert.Equal([50, 100, 150], fitted.Pixels.Chunk(16).Select(plane => plane.Distinct().Single()));
        Assert.Equal(1, PictureFit.Apply(wide, channels: 1, width: 4, height: 4).Channels);
        Assert.Same(wide, PictureFit.Apply(wide, channels: 3, width: 16, height: 8));
    }
}

using VitLab.Vision;

namespace VitLab.Tests.Vision;

public class StrokeRasterizerTests
{
    [Fact]
    public void Rasterize_HorizontalLine_CoversItsBand()
    {
        var drawing = new Drawing(100, 100, [[20, 50, 80, 50]]);

        var image = StrokeRasterizer.Rasterize(drawing, 100, 100, brush: 0.1f);

        Assert.Equal(255, image[50, 50]);
        Assert.Equal(255, image[50, 46]);                           // 4 rows above the middle: inside the radius of 5
        Assert.Equal(0, image[50, 42]);
        Assert.InRange(image[15, 50], 120, 255);                    // the round cap reaches a radius beyond the end
        Assert.Equal(0, image[13, 50]);
    }

    [Fact]
    public void Rasterize_LineBetweenPixels_IsAntialiasedByArea()
    {
        var drawing = new Drawing(20, 20, [[2, 10, 18, 10]]);       // on the border of rows 9 and 10

        var image = StrokeRasterizer.Rasterize(drawing, 20, 20, brush: 1f / 20);

        Assert.Equal(128, image[10, 9]);
        Assert.Equal(128, image[10, 10]);
        Assert.Equal(0, image[10, 8]);
    }

    [Fact]
    public void Rasterize_SinglePoint_IsARoundDot()
    {
        var image = StrokeRasterizer.Rasterize(new Drawing(50, 50, [[25, 25]]), 50, 50, brush: 0.2f);

        Assert.Equal((20, 20, 30, 30), GrayImages.Box(image));
        Assert.Equal(Math.PI * 25, GrayImages.Ink(image) / 255.0, 0.5);
    }

    [Fact]
    public void Rasterize_CrossingStrokes_IsNoDarkerThanInk()
    {
        var one = new Drawing(28, 28, [[4, 14, 24, 14]]);
        var both = one with { Strokes = [[4, 14, 24, 14], [4, 14, 24, 14]] };

        Assert.Equal(StrokeRasterizer.Rasterize(one, 28, 28).Pixels, StrokeRasterizer.Rasterize(both, 28, 28).Pixels);
    }

    [Fact]
    public void Rasterize_OutsideTheCanvas_IsClipped()
    {
        var drawing = new Drawing(28, 28, [[-90_000, 14, 90_000, 14], [99_000, 99_000]]);

        var image = StrokeRasterizer.Rasterize(drawing, 28, 28, brush: 0.1f);

        Assert.Equal(255, image[0, 14]);
        Assert.Equal(255, image[27, 14]);
        Assert.Equal(0, image[14, 3]);
    }

    [Fact]
    public void Rasterize_Nothing_IsEmpty() => Assert.True(StrokeRasterizer.Rasterize(new Drawing(280, 280, []), 28, 28).IsEmpty);
}

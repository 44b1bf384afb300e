using System.Text.Json;
using VitLab.Vision;

namespace VitLab.Tests.Vision;

public class DrawingBrushTests
{
    private static readonly Drawing s_line = new(280, 280, [[140, 40, 140, 240]]);

    [Fact]
    public void Read_WithBrush_KeepsItThroughJson()
    {
        var drawing = JsonSerializer.Deserialize<Drawing>("""{"width":280,"height":280,"brush":30.5,"strokes":[[1,2]]}""")!;

        Assert.Equal(30.5f, drawing.Brush);
        Assert.Contains("\"brush\":30.5", JsonSerializer.Serialize(drawing), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-3")]
    [InlineData("\"thick\"")]
    public void Read_ImpossibleBrush_NamesTheField(string brush)
    {
        var error = Assert.Throws<DrawingFormatException>(() =>
            JsonSerializer.Deserialize<Drawing>($$"""{"width":280,"height":280,"brush":{{brush}},"strokes":[[1,2]]}"""));

        Assert.Equal("brush", error.Field);
    }

    [Fact]
    public void Normalize_ThickerBrush_CarriesMoreInk()
    {
        var plain = Ink(MnistNormalizer.Normalize(s_line));
        var asDefault = Ink(MnistNormalizer.Normalize(s_line with { Brush = StrokeRasterizer.DefaultBrush * 280 }));
        var thick = Ink(MnistNormalizer.Normalize(s_line with { Brush = 40 }));

        Assert.Equal(plain, asDefault);
        Assert.True(thick > plain * 1.3, $"ink {thick} against {plain}");
    }

    [Fact]
    public void Rasterize_ThickerBrush_CarriesMoreInk() =>
        Assert.True(Ink(StrokeRasterizer.Rasterize(s_line with { Brush = 40 }, 28, 28)) > Ink(StrokeRasterizer.Rasterize(s_line, 28, 28)) * 1.3);

    private static int Ink(GrayImage? image) => image!.Pixels.Sum(pixel => pixel);
}

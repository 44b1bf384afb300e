namespace VitLab.Vision;

/// <summary>Draws strokes with a round, antialiased brush.</summary>
public static class StrokeRasterizer
{
    /// <summary>Brush as a fraction of the canvas width that makes a full-canvas digit about as bold as MNIST's.</summary>
    public const float DefaultBrush = 0.08f;

    /// <summary>The whole canvas, scaled to <paramref name="width"/> × <paramref name="height"/> pixels; positions are kept.</summary>
    /// <param name="brush">Diameter of the brush as a fraction of the canvas width; null takes the drawing's own.</param>
    public static GrayImage Rasterize(Drawing drawing, int width, int height, float? brush = null)
    {
        var image = new GrayImage(width, height);
        var (scaleX, scaleY) = ((float)width / drawing.Width, (float)height / drawing.Height);
        var ink = new float[width * height];
        Draw(drawing, new InkLayer(ink, width, height), scaleX, scaleY, 0, 0, (brush ?? (Boldness(drawing) * DefaultBrush)) * width);
        InkLayer.ToBytes(ink, image.Pixels);
        return image;
    }

    /// <summary>The drawing's brush in units of the default one.</summary>
    internal static float Boldness(Drawing drawing) => drawing.Brush is { } brush ? brush / (DefaultBrush * drawing.Width) : 1;

    /// <summary>Draws every stroke at (x · scaleX + offsetX, y · scaleY + offsetY) pixels with a brush of constant diameter in pixels.</summary>
    internal static void Draw(Drawing drawing, InkLayer layer, float scaleX, float scaleY, float offsetX, float offsetY, float diameter)
    {
        foreach (var stroke in drawing.Strokes)
        {
            for (var i = 0; i + 1 < stroke.Count; i += 2)
            {
                var from = Math.Max(i - 2, 0);                      // the first point is drawn as a dot
                layer.Line(
                    (stroke[from] * scaleX) + offsetX, (stroke[from + 1] * scaleY) + offsetY, diameter / 2,
                    (stroke[i] * scaleX) + offsetX, (stroke[i + 1] * scaleY) + offsetY, diameter / 2);
            }
        }
    }
}

namespace VitLab.Vision;

/// <summary>
/// Brings drawings and pictures with digits anywhere to what a detector reads: nothing is centred or scaled to fit, since where and how large digits are is
/// what it has to say. Sides are whole patches; what is missing is empty paper on the right and below.
/// </summary>
public static class SceneNormalizer
{
    /// <summary>Sides of a picture, in pixels.</summary>
    public const int ShortestSide = 56, LongestSide = 168;

    /// <summary>Drawing units a pixel.</summary>
    public const int UnitsPerPixel = 10;

    /// <summary>Brush of a drawing that names none, in pixels: that of a digit's canvas, 280 units wide.</summary>
    private const float Brush = StrokeRasterizer.DefaultBrush * MnistNormalizer.Size;

    /// <summary>The drawing at <see cref="UnitsPerPixel"/>; null when nothing is drawn.</summary>
    /// <exception cref="DrawingFormatException">When a side is out of its range.</exception>
    public static GrayImage? Normalize(Drawing drawing, int patch)
    {
        CheckSide(drawing.Width, "width");
        CheckSide(drawing.Height, "height");
        var picture = new GrayImage(Padded(drawing.Width, UnitsPerPixel, patch), Padded(drawing.Height, UnitsPerPixel, patch));
        var ink = new float[picture.Width * picture.Height];
        const float Scale = 1f / UnitsPerPixel;
        var diameter = drawing.Brush is { } brush ? brush * Scale : Brush;
        StrokeRasterizer.Draw(drawing, new InkLayer(ink, picture.Width, picture.Height), Scale, Scale, 0, 0, diameter);
        InkLayer.ToBytes(ink, picture.Pixels);
        return picture.IsEmpty ? null : picture;
    }

    /// <summary>The picture pixel by pixel, made smaller when a side is too long; dark ink on light paper is inverted. Null when it is empty.</summary>
    public static GrayImage? Normalize(GrayImage picture, int patch)
    {
        var ink = InkExtractor.Extract(picture);
        if (ink.IsEmpty)
        {
            return null;
        }

        var scale = Math.Min(1, (float)LongestSide / Math.Max(ink.Width, ink.Height));
        var (width, height) = (Math.Max((int)(ink.Width * scale), ShortestSide), Math.Max((int)(ink.Height * scale), ShortestSide));
        var seen = new GrayImage(Padded(width, 1, patch), Padded(height, 1, patch));
        var pixels = new float[seen.Width * seen.Height];
        AreaResampler.Resample(ink, pixels, seen.Width, seen.Height, scale, scale, 0, 0);
        InkLayer.ToBytes(pixels, seen.Pixels);
        return seen;
    }

    private static int Padded(int units, int unitsPerPixel, int patch)
    {
        var pixels = (units + unitsPerPixel - 1) / unitsPerPixel;
        return (pixels + patch - 1) / patch * patch;
    }

    private static void CheckSide(int units, string field)
    {
        if (units is < ShortestSide * UnitsPerPixel or > LongestSide * UnitsPerPixel)
        {
            throw new DrawingFormatException(field, $"expected {ShortestSide * UnitsPerPixel} to {LongestSide * UnitsPerPixel} units, {UnitsPerPixel} a pixel, got {units}.");
        }
    }
}

namespace VitLab.Vision;

/// <summary>
/// MNIST's normalisation: the ink's box is scaled, keeping its aspect, to fit 20 × 20 pixels, and placed in 28 × 28 with its centre
/// of mass in the middle (LeCun, Bottou, Bengio, Haffner: Gradient-based learning applied to document recognition, 1998).
/// </summary>
public static class MnistNormalizer
{
    public const int Size = 28;

    public const int BoxSize = 20;

    /// <summary>
    /// Diameter in output pixels that strokes are drawn with. MNIST's are 1.4 to 4 wide; a little below their middle is read best, as fine
    /// loops stay open.
    /// </summary>
    public const float StrokeWidth = 2.3f;

    private const float MinimumStrokeWidth = 0.8f;
    private const float MaximumStrokeWidth = 5;

    /// <summary>Fainter pixels do not count as ink when the box is measured: antialiased rims and specks of dust.</summary>
    private const byte InkThreshold = 48;

    /// <summary>
    /// Scales the strokes first and draws them afterwards, so that small and large drawings are equally bold. Null when nothing is drawn.
    /// </summary>
    /// <param name="width">Brush diameter in output pixels; null takes the drawing's own boldness.</param>
    public static GrayImage? Normalize(Drawing drawing, float? width = null)
    {
        var strokeWidth = width ?? Math.Clamp(StrokeRasterizer.Boldness(drawing) * StrokeWidth, MinimumStrokeWidth, MaximumStrokeWidth);
        if (DrawingBounds(drawing) is not var (left, top, right, bottom))
        {
            return null;
        }

        // A tap, or a mark below a fiftieth of the canvas, is no digit: it is not blown up to fill the box.
        var extent = Math.Max(Math.Max(right - left, bottom - top), 0.02f * Math.Max(drawing.Width, drawing.Height));
        var scale = (BoxSize - strokeWidth) / extent;
        var (offsetX, offsetY) = BoxOrigin((right - left) * scale + strokeWidth, (bottom - top) * scale + strokeWidth);
        Span<float> ink = stackalloc float[Size * Size];
        ink.Clear();
        StrokeRasterizer.Draw(
            drawing, new InkLayer(ink, Size, Size), scale, scale,
            offsetX + (strokeWidth / 2) - (left * scale), offsetY + (strokeWidth / 2) - (top * scale), strokeWidth);
        return CenterMass(ink);
    }

    /// <summary>A picture of ink of any size, with area averaging. Null when it carries no ink.</summary>
    public static GrayImage? Normalize(GrayImage image)
    {
        if (InkBounds(image) is not var (left, top, right, bottom))
        {
            return null;
        }

        var scale = (float)BoxSize / Math.Max(right - left, bottom - top);
        var (offsetX, offsetY) = BoxOrigin((right - left) * scale, (bottom - top) * scale);
        Span<float> ink = stackalloc float[Size * Size];
        AreaResampler.Resample(image, ink, Size, Size, scale, scale, left - (offsetX / scale), top - (offsetY / scale));
        Darken(ink);
        return CenterMass(ink);
    }

    /// <summary>The whole picture scaled to w × h pixels by area averaging, its ink staying where it is.</summary>
    public static GrayImage Fit(GrayImage image, int width, int height)
    {
        var fitted = new GrayImage(width, height);
        var ink = new float[width * height];
        AreaResampler.Resample(image, ink, width, height, (float)width / image.Width, (float)height / image.Height, 0, 0);
        InkLayer.ToBytes(ink, fitted.Pixels);
        return fitted;
    }

    /// <summary>Hairlines average out to grey; MNIST's strokes, fine ones too, are black. The darkest tenth of the ink sets the scale.</summary>
    private static void Darken(Span<float> ink)
    {
        Span<float> sorted = stackalloc float[ink.Length];
        ink.CopyTo(sorted);
        sorted.Sort();
        var inked = sorted[sorted.IndexOfAnyExceptInRange(float.MinValue, sorted[^1] / 10)..];
        var gain = 0.9f / inked[inked.Length * 9 / 10];
        for (var i = 0; gain > 1 && i < ink.Length; i++)
        {
            ink[i] = Math.Min(ink[i] * gain, 1);
        }
    }

    /// <summary>Corner of a box in the middle of the field, on a whole pixel along its longer side as MNIST's boxes are.</summary>
    private static (float X, float Y) BoxOrigin(float width, float height) => ((Size - width) / 2, (Size - height) / 2);

    /// <summary>Moves the ink by whole pixels, as MNIST's makers did, so that edges stay as sharp as they are; never out of the field.</summary>
    internal static GrayImage CenterMass(ReadOnlySpan<float> ink)
    {
        var image = new GrayImage(Size, Size);
        CenterMass(ink, image.Pixels);
        return image;
    }

    /// <summary>As <see cref="CenterMass(ReadOnlySpan{float})"/>, into <paramref name="pixels"/> (28 × 28 bytes).</summary>
    internal static void CenterMass(ReadOnlySpan<float> ink, Span<byte> pixels)
    {
        var (mass, massX, massY) = (0f, 0f, 0f);
        var (left, top, right, bottom) = (Size, Size, -1, -1);
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
            {
                var value = ink[(y * Size) + x];
                if (value <= 0)
                {
                    continue;
                }

                (mass, massX, massY) = (mass + value, massX + (value * x), massY + (value * y));
                (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x), Math.Max(bottom, y));
            }
        }

        pixels.Clear();
        if (mass <= 0)
        {
            return;
        }

        const float Middle = Size / 2f;                             // MNIST's own centre of mass lies at index 14 (measured: 14.0, 14.0)
        var shiftX = Math.Clamp((int)MathF.Round(Middle - (massX / mass)), -left, Size - 1 - right);
        var shiftY = Math.Clamp((int)MathF.Round(Middle - (massY / mass)), -top, Size - 1 - bottom);
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                pixels[((y + shiftY) * Size) + x + shiftX] = (byte)((Math.Clamp(ink[(y * Size) + x], 0, 1) * 255) + 0.5f);
            }
        }
    }

    private static (float Left, float Top, float Right, float Bottom)? DrawingBounds(Drawing drawing)
    {
        var (left, top, right, bottom) = (float.MaxValue, float.MaxValue, float.MinValue, float.MinValue);
        foreach (var stroke in drawing.Strokes)
        {
            for (var i = 0; i + 1 < stroke.Count; i += 2)
            {
                (left, right) = (Math.Min(left, stroke[i]), Math.Max(right, stroke[i]));
                (top, bottom) = (Math.Min(top, stroke[i + 1]), Math.Max(bottom, stroke[i + 1]));
            }
        }

        return left > right ? null : (left, top, right, bottom);
    }

    private static (int Left, int Top, int Right, int Bottom)? InkBounds(GrayImage image)
    {
        var (left, top, right, bottom) = (image.Width, image.Height, 0, 0);
        for (var y = 0; y < image.Height; y++)
        {
            var row = image.Pixels.AsSpan(y * image.Width, image.Width);
            var first = row.IndexOfAnyInRange(InkThreshold, byte.MaxValue);
            if (first < 0)
            {
                continue;
            }

            (left, right) = (Math.Min(left, first), Math.Max(right, row.LastIndexOfAnyInRange(InkThreshold, byte.MaxValue) + 1));
            (top, bottom) = (Math.Min(top, y), y + 1);
        }

        return bottom == 0 ? null : (left, top, right, bottom);
    }
}

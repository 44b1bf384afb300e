namespace VitLab.Vision;

/// <summary>Scales a picture by averaging the area each output pixel covers; enlarging turns into linear interpolation.</summary>
internal static class AreaResampler
{
    /// <summary>
    /// Output pixel (i, j) is the mean of source x in [originX + i / scaleX, originX + (i + 1) / scaleX) and y likewise, in 0…1;
    /// outside the source there is no ink.
    /// </summary>
    public static void Resample(GrayImage source, Span<float> target, int width, int height, float scaleX, float scaleY, float originX, float originY)
    {
        target[..(width * height)].Clear();
        var rows = new float[source.Height * width];                // horizontally resampled source rows
        var used = RowsUsed(source.Height, height, scaleY, originY);
        for (var x = 0; x < width; x++)
        {
            var (start, end) = Window(x, scaleX, originX);
            var (first, last) = Pixels(start, end, source.Width);
            for (var i = first; i < last; i++)
            {
                var share = (Math.Min(end, i + 1) - Math.Max(start, i)) / (end - start) / 255;
                for (var y = used.First; y < used.Last; y++)
                {
                    rows[(y * width) + x] += source.Pixels[(y * source.Width) + i] * share;
                }
            }
        }

        for (var y = 0; y < height; y++)
        {
            var (start, end) = Window(y, scaleY, originY);
            var (first, last) = Pixels(start, end, source.Height);
            for (var i = first; i < last; i++)
            {
                var share = (Math.Min(end, i + 1) - Math.Max(start, i)) / (end - start);
                for (var x = 0; x < width; x++)
                {
                    target[(y * width) + x] += rows[(i * width) + x] * share;
                }
            }
        }
    }

    /// <summary>The source interval of an output pixel, never narrower than one source pixel.</summary>
    private static (float Start, float End) Window(int index, float scale, float origin)
    {
        var middle = origin + ((index + 0.5f) / scale);
        var half = Math.Max(0.5f / scale, 0.5f);
        return (middle - half, middle + half);
    }

    private static (int First, int Last) Pixels(float start, float end, int count) =>
        ((int)Math.Clamp(MathF.Floor(start), 0, count), (int)Math.Clamp(MathF.Ceiling(end), 0, count));

    private static (int First, int Last) RowsUsed(int rows, int height, float scale, float origin) =>
        (Pixels(Window(0, scale, origin).Start, 0, rows).First, Pixels(0, Window(height - 1, scale, origin).End, rows).Last);
}

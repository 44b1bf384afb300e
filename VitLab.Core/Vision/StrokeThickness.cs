namespace VitLab.Vision;

/// <summary>Cheap bolder or finer strokes: a blend with the grey dilation or erosion over the pixel and its four neighbours.</summary>
internal static class StrokeThickness
{
    /// <param name="amount">Share of the dilation (positive) or erosion (negative), -1…1.</param>
    public static void Change(Span<float> image, int width, int height, float amount)
    {
        Span<float> original = stackalloc float[image.Length];
        image.CopyTo(original);
        var share = Math.Abs(amount);
        for (var y = 0; y < height; y++)
        {
            var above = original.Slice(Math.Max(y - 1, 0) * width, width);
            var row = original.Slice(y * width, width);
            var below = original.Slice(Math.Min(y + 1, height - 1) * width, width);
            for (var x = 0; x < width; x++)
            {
                var (left, right) = (row[Math.Max(x - 1, 0)], row[Math.Min(x + 1, width - 1)]);
                var other = amount > 0
                    ? Math.Max(Math.Max(Math.Max(left, right), Math.Max(above[x], below[x])), row[x])
                    : Math.Min(Math.Min(Math.Min(left, right), Math.Min(above[x], below[x])), row[x]);
                image[(y * width) + x] = row[x] + ((other - row[x]) * share);
            }
        }
    }
}

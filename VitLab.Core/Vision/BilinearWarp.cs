namespace VitLab.Vision;

/// <summary>One resampling pass for an affine map plus a smooth displacement field given at a coarse grid of knots.</summary>
internal static class BilinearWarp
{
    /// <summary>Rim of empty pixels around the source, so that no tap needs a check.</summary>
    private const int Rim = 2;

    /// <param name="knotsX">Displacements in pixels, knots × knots, row by row over the whole image.</param>
    public static void Apply(ReadOnlySpan<byte> source, Span<float> target, int width, int height, Affine affine, ReadOnlySpan<float> knotsX, ReadOnlySpan<float> knotsY, int knots)
    {
        var stride = width + (2 * Rim);
        Span<float> padded = stackalloc float[stride * (height + (2 * Rim))];
        padded.Clear();
        for (var y = 0; y < height; y++)
        {
            Augmenter.Plain(source.Slice(y * width, width), padded.Slice(((y + Rim) * stride) + Rim, width));
        }

        Span<float> rowX = stackalloc float[knots];
        Span<float> rowY = stackalloc float[knots];
        Span<float> columnAt = stackalloc float[width];
        for (var x = 0; x < width; x++)
        {
            columnAt[x] = x * (knots - 1f) / (width - 1);
        }

        var (middleX, middleY) = ((width - 1) / 2f, (height - 1) / 2f);
        for (var y = 0; y < height; y++)
        {
            var at = y * (knots - 1f) / (height - 1);
            var knotRow = Math.Min((int)at, knots - 2);
            var downward = Smooth(at - knotRow);
            for (var k = 0; k < knots; k++)
            {
                rowX[k] = Lerp(knotsX[(knotRow * knots) + k], knotsX[((knotRow + 1) * knots) + k], downward);
                rowY[k] = Lerp(knotsY[(knotRow * knots) + k], knotsY[((knotRow + 1) * knots) + k], downward);
            }

            var dy = y - middleY;
            var baseX = (affine.B * dy) + affine.X + middleX;
            var baseY = (affine.D * dy) + affine.Y + middleY;
            for (var x = 0; x < width; x++)
            {
                var dx = x - middleX;
                var knot = Math.Min((int)columnAt[x], knots - 2);
                var along = Smooth(columnAt[x] - knot);
                var sourceX = baseX + (affine.A * dx) + Lerp(rowX[knot], rowX[knot + 1], along);
                var sourceY = baseY + (affine.C * dx) + Lerp(rowY[knot], rowY[knot + 1], along);
                target[(y * width) + x] = Sample(padded, stride, width, height, sourceX, sourceY);
            }
        }
    }

    private static float Sample(ReadOnlySpan<float> padded, int stride, int width, int height, float x, float y)
    {
        x = Math.Clamp(x, -1.5f, width + 0.5f) + Rim;
        y = Math.Clamp(y, -1.5f, height + 0.5f) + Rim;
        var (left, top) = ((int)x, (int)y);
        var (fx, fy) = (x - left, y - top);
        var at = (top * stride) + left;
        var upper = Lerp(padded[at], padded[at + 1], fx);
        var lower = Lerp(padded[at + stride], padded[at + stride + 1], fx);
        return Lerp(upper, lower, fy);
    }

    private static float Lerp(float a, float b, float t) => a + ((b - a) * t);

    /// <summary>Smoothstep: the field's slope is continuous across knots.</summary>
    private static float Smooth(float t) => t * t * (3 - (2 * t));
}

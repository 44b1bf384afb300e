namespace VitLab.Vision;

/// <summary>Ink coverage (0…1) of a raster while strokes are drawn into it. Crossing strokes take the larger coverage, so no spot gets darker than ink.</summary>
internal readonly ref struct InkLayer(Span<float> ink, int width, int height)
{
    /// <summary>Width of the edge ramp in pixels: 1 is the box filter of exact area coverage.</summary>
    public float Softness { get; init; } = 1;

    private readonly Span<float> _ink = ink;

    /// <summary>A line with round ends whose radius runs from <paramref name="r0"/> to <paramref name="r1"/>; equal ends make a dot.</summary>
    public void Line(float x0, float y0, float r0, float x1, float y1, float r1)
    {
        var (dx, dy) = (x1 - x0, y1 - y0);
        var lengthSquared = (dx * dx) + (dy * dy);
        var perLength = lengthSquared > 1e-12f ? 1 / lengthSquared : 0;
        var half = Softness / 2;
        var reach = Math.Max(r0, r1) + half;

        // Pixel i covers [i, i + 1); its centre is at i + 0.5.
        var left = (int)Math.Clamp(MathF.Floor(Math.Min(x0, x1) - reach), 0, width);
        var right = (int)Math.Clamp(MathF.Ceiling(Math.Max(x0, x1) + reach), 0, width);
        var top = (int)Math.Clamp(MathF.Floor(Math.Min(y0, y1) - reach), 0, height);
        var bottom = (int)Math.Clamp(MathF.Ceiling(Math.Max(y0, y1) + reach), 0, height);
        for (var y = top; y < bottom; y++)
        {
            var row = _ink.Slice(y * width, width);
            var py = y + 0.5f - y0;
            for (var x = left; x < right; x++)
            {
                var px = x + 0.5f - x0;
                var t = Math.Clamp(((px * dx) + (py * dy)) * perLength, 0, 1);
                var (ex, ey) = (px - (t * dx), py - (t * dy));
                var distanceSquared = (ex * ex) + (ey * ey);
                var radius = r0 + (t * (r1 - r0));
                if (distanceSquared >= (radius + half) * (radius + half))
                {
                    continue;
                }

                // How much of the window [distance - half, distance + half] lies inside [-radius, radius].
                var distance = MathF.Sqrt(distanceSquared);
                var coverage = (Math.Min(distance + half, radius) - Math.Max(distance - half, -radius)) / Softness;
                if (coverage > row[x])
                {
                    row[x] = coverage;
                }
            }
        }
    }

    public static void ToBytes(ReadOnlySpan<float> ink, Span<byte> pixels)
    {
        for (var i = 0; i < ink.Length; i++)
        {
            pixels[i] = (byte)((Math.Min(ink[i], 1) * 255) + 0.5f);
        }
    }
}

using VitLab.Vision;

namespace VitLab.Tests.Vision;

/// <summary>Small pictures and what tests ask of them.</summary>
internal static class GrayImages
{
    /// <summary>Seeded noise: every value occurs.</summary>
    public static GrayImage Noise(int width, int height, int seed)
    {
        var image = new GrayImage(width, height);
        new Random(seed).NextBytes(image.Pixels);
        return image;
    }

    public static GrayImage Rectangle(int width, int height, int left, int top, int right, int bottom, byte ink = 255)
    {
        var image = new GrayImage(width, height);
        for (var y = top; y < bottom; y++)
        {
            for (var x = left; x < right; x++)
            {
                image[x, y] = ink;
            }
        }

        return image;
    }

    /// <summary>In pixel indices; MNIST's images have theirs at (14, 14).</summary>
    public static (double X, double Y) CenterOfMass(GrayImage image)
    {
        double mass = 0, x = 0, y = 0;
        for (var i = 0; i < image.Pixels.Length; i++)
        {
            (mass, x, y) = (mass + image.Pixels[i], x + ((double)image.Pixels[i] * (i % image.Width)), y + ((double)image.Pixels[i] * (i / image.Width)));
        }

        return (x / mass, y / mass);
    }

    /// <summary>Left, top, right, bottom (exclusive) of everything darker than <paramref name="above"/>.</summary>
    public static (int Left, int Top, int Right, int Bottom) Box(GrayImage image, byte above = 0)
    {
        var inked = Enumerable.Range(0, image.Pixels.Length).Where(i => image.Pixels[i] > above).ToList();
        return (inked.Min(i => i % image.Width), inked.Min(i => i / image.Width), inked.Max(i => i % image.Width) + 1, inked.Max(i => i / image.Width) + 1);
    }

    public static long Ink(GrayImage image) => image.Pixels.Sum(pixel => (long)pixel);
}

namespace VitLab.Vision;

/// <summary>Finds the ink in a picture: a photo of paper, a scan, a screenshot, a digit of MNIST.</summary>
public static class InkExtractor
{
    /// <summary>Paper and ink closer than this (of 255) are one blank page.</summary>
    private const double LeastContrast = 24;

    /// <summary>
    /// The picture with 0 for paper and 255 for ink. Whichever covers most of the border is paper, so dark ink on light paper is
    /// inverted. A blank page gives an empty image.
    /// </summary>
    public static GrayImage Extract(GrayImage picture)
    {
        var histogram = new int[256];
        foreach (var value in picture.Pixels)
        {
            histogram[value]++;
        }

        var threshold = Otsu(histogram);
        var (dark, light) = (Mean(histogram, 0, threshold), Mean(histogram, threshold, 256));
        var image = new GrayImage(picture.Width, picture.Height);
        if (light - dark < LeastContrast)
        {
            return image;
        }

        // A fifth of the contrast next to the paper counts as paper (grain, shadows), the same next to the ink as full ink.
        var (paper, ink) = BorderMedian(picture) >= threshold ? (light, dark) : (dark, light);
        Span<byte> levels = stackalloc byte[256];
        for (var value = 0; value < 256; value++)
        {
            var share = (value - paper) / (ink - paper);
            levels[value] = (byte)Math.Round(Math.Clamp((share - 0.2) / 0.6, 0, 1) * 255);
        }

        for (var i = 0; i < image.Pixels.Length; i++)
        {
            image.Pixels[i] = levels[picture.Pixels[i]];
        }

        return image;
    }

    /// <summary>The first grey value of the lighter class (Otsu 1979: the split with the largest variance between classes).</summary>
    private static int Otsu(int[] histogram)
    {
        double total = 0, sum = 0;
        for (var value = 0; value < 256; value++)
        {
            (total, sum) = (total + histogram[value], sum + ((double)value * histogram[value]));
        }

        var (best, threshold) = (-1.0, 128);
        double below = 0, sumBelow = 0;
        for (var value = 1; value < 256; value++)
        {
            (below, sumBelow) = (below + histogram[value - 1], sumBelow + ((value - 1.0) * histogram[value - 1]));
            if (below == 0 || below == total)
            {
                continue;
            }

            var distance = (sumBelow / below) - ((sum - sumBelow) / (total - below));
            var between = below * (total - below) * distance * distance;
            if (between > best)
            {
                (best, threshold) = (between, value);
            }
        }

        return threshold;
    }

    private static double Mean(int[] histogram, int from, int to)
    {
        double count = 0, sum = 0;
        for (var value = from; value < to; value++)
        {
            (count, sum) = (count + histogram[value], sum + ((double)value * histogram[value]));
        }

        return count == 0 ? from : sum / count;
    }

    private static int BorderMedian(GrayImage picture)
    {
        var border = new List<byte>(2 * (picture.Width + picture.Height));
        for (var x = 0; x < picture.Width; x++)
        {
            border.Add(picture[x, 0]);
            border.Add(picture[x, picture.Height - 1]);
        }

        for (var y = 0; y < picture.Height; y++)
        {
            border.Add(picture[0, y]);
            border.Add(picture[picture.Width - 1, y]);
        }

        border.Sort();
        return border[border.Count / 2];
    }
}

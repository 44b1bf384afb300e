namespace VitLab.Data;

/// <summary>
/// Whether pictures have been JPEGs. A recompressed copy of a dataset has the names and sizes of the genuine files; its pixels tell: quantisation wipes out
/// the high frequencies of JPEG's own 8 × 8 blocks, and of those alone. In blocks cut half a block further they are there as in any picture.
/// </summary>
internal static class JpegTrace
{
    private const int Block = 8, HighFrom = 4;

    /// <summary>Enough blocks for a share that is steady to a hundredth.</summary>
    private const int MostImages = 200;

    /// <summary>Below this a coefficient is nothing but the rounding of pixels to bytes.</summary>
    private const float Silent = 2;

    /// <summary>How much larger the silent share is on JPEG's blocks: 0.57 at quality 75, 0 where there was no JPEG.</summary>
    private const double Excess = 0.2;

    private static readonly float[] s_cosines = Cosines();

    public static bool IsIn(ImageSet images) => images.Width >= 2 * Block && images.Height >= 2 * Block && images.Count > 0
        && SilentShare(images, offset: 0) - SilentShare(images, offset: Block / 2) > Excess;

    /// <summary>Of the high frequencies of blocks that start at <paramref name="offset"/>.</summary>
    private static double SilentShare(ImageSet images, int offset)
    {
        var (silent, all) = (0, 0);
        Span<float> block = stackalloc float[Block * Block];
        for (var image = 0; image < Math.Min(images.Count, MostImages); image++)
        {
            for (var y = offset; y + Block <= images.Height; y += Block)
            {
                for (var x = offset; x + Block <= images.Width; x += Block)
                {
                    Brightness(images, image, x, y, block);
                    silent += SilentCoefficients(block);
                    all += (Block - HighFrom) * (Block - HighFrom);
                }
            }
        }

        return (double)silent / all;
    }

    /// <summary>JPEG's Y (ITU-R BT.601 luma) of a block; a grey image's own pixels.</summary>
    private static void Brightness(ImageSet images, int image, int left, int top, Span<float> block)
    {
        var pixels = images.Image(image);
        var plane = images.Width * images.Height;
        for (var i = 0; i < block.Length; i++)
        {
            var at = ((top + (i / Block)) * images.Width) + left + (i % Block);
            block[i] = images.Channels == 1 ? pixels[at] : (0.299f * pixels[at]) + (0.587f * pixels[at + plane]) + (0.114f * pixels[at + (2 * plane)]);
        }
    }

    private static int SilentCoefficients(ReadOnlySpan<float> block)
    {
        var silent = 0;
        for (var v = HighFrom; v < Block; v++)
        {
            for (var u = HighFrom; u < Block; u++)
            {
                float coefficient = 0;
                for (var i = 0; i < block.Length; i++)
                {
                    coefficient += block[i] * s_cosines[(v * Block) + (i / Block)] * s_cosines[(u * Block) + (i % Block)];
                }

                silent += MathF.Abs(coefficient) < Silent ? 1 : 0;
            }
        }

        return silent;
    }

    /// <summary>The orthonormal DCT-II, frequency by frequency; the constant one is not used.</summary>
    private static float[] Cosines() =>
        [.. from frequency in Enumerable.Range(0, Block) from place in Enumerable.Range(0, Block) select (float)(Math.Sqrt(2.0 / Block) * Math.Cos(Math.PI * ((2 * place) + 1) * frequency / (2 * Block)))];
}

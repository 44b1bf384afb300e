namespace VitLab.Data;

/// <summary>Labelled 8-bit images of one shape, planar (C, H, W) row by row, as IDX and CIFAR files hold them.</summary>
public sealed class ImageSet
{
    /// <exception cref="ArgumentException">When the pixels do not hold Count images of C × H × W bytes.</exception>
    public ImageSet(int channels, int height, int width, byte[] pixels, byte[] labels)
    {
        if ((long)labels.Length * channels * height * width != pixels.Length)
        {
            throw new ArgumentException(
                $"pixels: {labels.Length} images of {channels} × {height} × {width} need {(long)labels.Length * channels * height * width} bytes, got {pixels.Length}.", nameof(pixels));
        }

        (Channels, Height, Width, Pixels, Labels) = (channels, height, width, pixels, labels);
    }

    public int Channels { get; }

    public int Height { get; }

    public int Width { get; }

    public int Count => Labels.Length;

    public int PixelsPerImage => Channels * Height * Width;

    public byte[] Pixels { get; }

    public byte[] Labels { get; }

    /// <summary>The C × H × W bytes of image <paramref name="index"/>.</summary>
    public ReadOnlySpan<byte> Image(int index) => Pixels.AsSpan(index * PixelsPerImage, PixelsPerImage);

    public int Label(int index) => Labels[index];
}

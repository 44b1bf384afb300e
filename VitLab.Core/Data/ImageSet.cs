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

    /// <summary>A set of its own holding these images, in this order.</summary>
    public ImageSet Select(ReadOnlySpan<int> indices)
    {
        var (pixels, labels) = (new byte[indices.Length * PixelsPerImage], new byte[indices.Length]);
        for (var i = 0; i < indices.Length; i++)
        {
            Image(indices[i]).CopyTo(pixels.AsSpan(i * PixelsPerImage));
            labels[i] = Labels[indices[i]];
        }

        return new ImageSet(Channels, Height, Width, pixels, labels);
    }

    /// <summary>This set followed by <paramref name="other"/>.</summary>
    /// <exception cref="ArgumentException">When the images have another shape.</exception>
    public ImageSet Concat(ImageSet other)
    {
        if ((other.Channels, other.Height, other.Width) != (Channels, Height, Width))
        {
            throw new ArgumentException($"other: expected images of {Channels} × {Height} × {Width}, got {other.Channels} × {other.Height} × {other.Width}.", nameof(other));
        }

        return new ImageSet(Channels, Height, Width, [.. Pixels, .. other.Pixels], [.. Labels, .. other.Labels]);
    }
}

namespace VitLab.Vision;

/// <summary>An 8-bit picture in planes, one of grey or three of red, green and blue, each row by row from the top: (C, H, W), as data files and models hold it.</summary>
public class PlanarImage
{
    /// <exception cref="ArgumentException">When there are neither one nor three channels, or <paramref name="pixels"/> does not hold channels × height × width bytes.</exception>
    protected PlanarImage(int channels, int width, int height, byte[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (channels is not (1 or 3))
        {
            throw new ArgumentException($"channels: expected 1 (grey) or 3 (red, green, blue), got {channels}.", nameof(channels));
        }

        if (pixels.Length != channels * width * height)
        {
            throw new ArgumentException($"pixels: expected {(channels == 1 ? "" : $"{channels} × ")}{width} × {height} = {channels * width * height} bytes, got {pixels.Length}.", nameof(pixels));
        }

        (Channels, Width, Height, Pixels) = (channels, width, height, pixels);
    }

    public int Channels { get; }

    public int Width { get; }

    public int Height { get; }

    public byte[] Pixels { get; }

    /// <summary>A picture around these bytes: a <see cref="GrayImage"/> when there is one channel.</summary>
    /// <exception cref="ArgumentException">When there are neither one nor three channels, or not channels × height × width bytes.</exception>
    public static PlanarImage Of(int channels, int width, int height, byte[] pixels) =>
        channels == 1 ? new GrayImage(width, height, pixels) : new PlanarImage(channels, width, height, pixels);

    /// <summary>The bytes of one channel, row by row.</summary>
    public ReadOnlySpan<byte> Plane(int channel) => Pixels.AsSpan(channel * Width * Height, Width * Height);

    /// <summary>Its brightness (ITU-R BT.601 luma); a grey picture as it is.</summary>
    public GrayImage ToGray()
    {
        if (this is GrayImage gray)
        {
            return gray;
        }

        var image = new GrayImage(Width, Height);
        var red = Plane(0);
        var green = Plane(1);
        var blue = Plane(2);
        for (var i = 0; i < image.Pixels.Length; i++)
        {
            image.Pixels[i] = (byte)(((299 * red[i]) + (587 * green[i]) + (114 * blue[i]) + 500) / 1000);
        }

        return image;
    }

    /// <summary>Red, green and blue; those of a grey picture are alike.</summary>
    public PlanarImage ToColor() => Channels == 3 ? this : new PlanarImage(3, Width, Height, [.. Pixels, .. Pixels, .. Pixels]);
}

namespace VitLab.Vision;

/// <summary>An 8-bit picture of ink, row by row from the top: 0 is empty paper, 255 full ink (MNIST's convention).</summary>
public sealed class GrayImage : PlanarImage
{
    /// <exception cref="ArgumentException">When <paramref name="pixels"/> does not hold width × height bytes.</exception>
    public GrayImage(int width, int height, byte[] pixels)
        : base(channels: 1, width, height, pixels)
    {
    }

    public GrayImage(int width, int height)
        : this(width, height, new byte[width * height])
    {
    }

    public byte this[int x, int y]
    {
        get => Pixels[(y * Width) + x];
        set => Pixels[(y * Width) + x] = value;
    }

    /// <summary>True when no pixel carries ink.</summary>
    public bool IsEmpty => !Pixels.AsSpan().ContainsAnyExcept((byte)0);
}

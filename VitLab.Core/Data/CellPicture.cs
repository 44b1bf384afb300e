using VitLab.Vision;

namespace VitLab.Data;

/// <summary>Pictures of digits side by side, in cells of 28 × 28 pixels.</summary>
internal static class CellPicture
{
    /// <summary>Side of a cell in pixels: a digit of MNIST with its margin.</summary>
    public const int Side = MnistNormalizer.Size;

    /// <summary>Left and top pixel of a cell, counted in reading order.</summary>
    public static (int Left, int Top) Corner(int cell, int columns) => (cell % columns * Side, cell / columns * Side);

    /// <summary>Puts a digit of 28 × 28 pixels into its cell of a picture of so many columns.</summary>
    public static void Paste(ReadOnlySpan<float> digit, int cell, int columns, Span<float> pixels)
    {
        var (left, top) = Corner(cell, columns);
        for (var y = 0; y < Side; y++)
        {
            digit.Slice(y * Side, Side).CopyTo(pixels[(((top + y) * columns * Side) + left)..]);
        }
    }

    /// <exception cref="ArgumentException">When the set holds no 28 × 28 images of one channel.</exception>
    public static void CheckImages(ImageSet images)
    {
        if ((images.Channels, images.Height, images.Width) != (1, Side, Side))
        {
            throw new ArgumentException($"images: expected 1 × {Side} × {Side}, got {images.Channels} × {images.Height} × {images.Width}.", nameof(images));
        }
    }
}

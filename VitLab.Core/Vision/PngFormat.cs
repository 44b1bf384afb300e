using System.Buffers.Binary;

namespace VitLab.Vision;

/// <summary>What the header says, and how its samples become grey.</summary>
internal sealed record PngFormat(int Width, int Height, int Bits, int ColorType)
{
    public bool HasPalette => ColorType == 3;

    private int Channels => ColorType switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    public int RowBytes => ((Width * Channels * Bits) + 7) / 8;

    /// <summary>Distance of neighbouring pixels for the row filters, at least one byte.</summary>
    public int PixelBytes => Math.Max(1, Channels * Bits / 8);

    public static PngFormat Read(ReadOnlySpan<byte> header)
    {
        if (header.Length != 13)
        {
            throw new PngFormatException($"the header has {header.Length} bytes; 13 expected.");
        }

        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(header), BinaryPrimitives.ReadUInt32BigEndian(header[4..]));
        if (width is < 1 or > Png.MaximumSize || height is < 1 or > Png.MaximumSize)
        {
            throw new PngFormatException($"{width} × {height} pixels; each side may have 1 to {Png.MaximumSize}.");
        }

        var (bits, colorType) = (header[8], header[9]);
        var legal = colorType switch
        {
            0 => bits is 1 or 2 or 4 or 8 or 16,
            3 => bits is 1 or 2 or 4 or 8,
            2 or 4 or 6 => bits is 8 or 16,
            _ => false,
        };
        if (!legal || header[10] != 0 || header[11] != 0)
        {
            throw new PngFormatException($"colour type {colorType} with {bits} bits does not exist.");
        }

        if (header[12] != 0)
        {
            throw new PngFormatException("interlaced pictures are not read; save it without interlacing.");
        }

        return new PngFormat((int)width, (int)height, bits, colorType);
    }

    public GrayImage ToGray(byte[] rows, ReadOnlySpan<byte> palette, ReadOnlySpan<byte> paletteAlpha)
    {
        var image = new GrayImage(Width, Height);
        for (var y = 0; y < Height; y++)
        {
            var row = rows.AsSpan(y * RowBytes, RowBytes);
            for (var x = 0; x < Width; x++)
            {
                image[x, y] = HasPalette ? FromPalette(Sample(row, x), palette, paletteAlpha) : FromSamples(row, x * Channels);
            }
        }

        return image;
    }

    private byte FromSamples(ReadOnlySpan<byte> row, int at)
    {
        var full = Bits >= 8 ? 255 : (1 << Bits) - 1;
        var gray = Channels >= 3 ? Luma(Sample(row, at), Sample(row, at + 1), Sample(row, at + 2)) : (byte)(Sample(row, at) * 255 / full);
        return Channels is 2 or 4 ? OnPaper(gray, Sample(row, at + Channels - 1)) : gray;
    }

    private static byte FromPalette(int index, ReadOnlySpan<byte> palette, ReadOnlySpan<byte> alpha)
    {
        if (3 * index >= palette.Length)
        {
            throw new PngFormatException($"a pixel names colour {index}; the palette has {palette.Length / 3}.");
        }

        var gray = Luma(palette[3 * index], palette[(3 * index) + 1], palette[(3 * index) + 2]);
        return index < alpha.Length ? OnPaper(gray, alpha[index]) : gray;
    }

    /// <summary>The high byte of a 16-bit sample, a whole byte, or a part of one.</summary>
    private int Sample(ReadOnlySpan<byte> row, int index) => Bits switch
    {
        16 => row[2 * index],
        8 => row[index],
        _ => (row[index * Bits / 8] >> (8 - Bits - (index * Bits % 8))) & ((1 << Bits) - 1),
    };

    /// <summary>ITU-R BT.601 luma.</summary>
    private static byte Luma(int red, int green, int blue) => (byte)(((299 * red) + (587 * green) + (114 * blue) + 500) / 1000);

    private static byte OnPaper(int gray, int alpha) => (byte)(((gray * alpha) + (255 * (255 - alpha)) + 127) / 255);
}

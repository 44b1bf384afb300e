using System.Buffers.Binary;

namespace VitLab.Vision;

/// <summary>What the header says, and how its samples become planes.</summary>
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

    /// <summary>One plane of a grey file, otherwise red, green and blue, as they look on white paper.</summary>
    public PlanarImage ToPlanes(byte[] rows, ReadOnlySpan<byte> palette, ReadOnlySpan<byte> paletteAlpha)
    {
        var (planes, plane) = (ColorType is 0 or 4 ? 1 : 3, Width * Height);
        var pixels = new byte[planes * plane];
        for (var y = 0; y < Height; y++)
        {
            var row = rows.AsSpan(y * RowBytes, RowBytes);
            for (var x = 0; x < Width; x++)
            {
                for (var channel = 0; channel < planes; channel++)
                {
                    pixels[(channel * plane) + (y * Width) + x] = HasPalette
                        ? FromPalette(Sample(row, x), channel, palette, paletteAlpha)
                        : FromSamples(row, x * Channels, channel);
                }
            }
        }

        return PlanarImage.Of(planes, Width, Height, pixels);
    }

    private byte FromSamples(ReadOnlySpan<byte> row, int at, int channel)
    {
        var full = Bits >= 8 ? 255 : (1 << Bits) - 1;
        var value = Sample(row, at + channel) * 255 / full;
        return Channels is 2 or 4 ? OnPaper(value, Sample(row, at + Channels - 1)) : (byte)value;
    }

    private static byte FromPalette(int index, int channel, ReadOnlySpan<byte> palette, ReadOnlySpan<byte> alpha)
    {
        if (3 * index >= palette.Length)
        {
            throw new PngFormatException($"a pixel names colour {index}; the palette has {palette.Length / 3}.");
        }

        var value = palette[(3 * index) + channel];
        return index < alpha.Length ? OnPaper(value, alpha[index]) : value;
    }

    /// <summary>The high byte of a 16-bit sample, a whole byte, or a part of one.</summary>
    private int Sample(ReadOnlySpan<byte> row, int index) => Bits switch
    {
        16 => row[2 * index],
        8 => row[index],
        _ => (row[index * Bits / 8] >> (8 - Bits - (index * Bits % 8))) & ((1 << Bits) - 1),
    };

    private static byte OnPaper(int value, int alpha) => (byte)(((value * alpha) + (255 * (255 - alpha)) + 127) / 255);
}

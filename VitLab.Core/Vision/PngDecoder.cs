using System.IO.Compression;

namespace VitLab.Vision;

/// <summary>The reading half of <see cref="Png"/>: chunks, inflate, undo the row filters, then samples to planes.</summary>
internal static class PngDecoder
{
    private const uint Header = 0x49484452;
    private const uint Palette = 0x504C5445;
    private const uint Transparency = 0x74524E53;
    private const uint ImageData = 0x49444154;
    private const uint End = 0x49454E44;

    public static PlanarImage Decode(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(Png.Signature))
        {
            throw new PngFormatException("the bytes do not start with a PNG signature.");
        }

        ReadOnlyMemory<byte> rest = bytes[Png.Signature.Length..].ToArray();
        PngFormat? format = null;
        ReadOnlyMemory<byte> palette = default, alpha = default;
        using var compressed = new MemoryStream();
        for (var ended = false; !ended;)
        {
            var (type, data) = PngChunk.Read(ref rest);
            if (format is null && type != Header)
            {
                throw new PngFormatException("the first chunk is not the header.");
            }

            switch (type)
            {
                case Header: format = PngFormat.Read(data.Span); break;
                case Palette: palette = data; break;
                case Transparency: alpha = data; break;
                case ImageData: compressed.Write(data.Span); break;
                case End: ended = true; break;
                case var _ when (type & 0x20000000) == 0: throw new PngFormatException("it needs an extension that is not read.");
            }
        }

        if (format!.HasPalette && (palette.Length == 0 || palette.Length % 3 != 0))
        {
            throw new PngFormatException("the palette is missing or torn.");
        }

        compressed.Position = 0;
        return format.ToPlanes(Unfilter(Inflate(compressed, format), format), palette.Span, alpha.Span);
    }

    /// <summary>Exactly the bytes the header promises, so that a small file cannot unpack into a huge one.</summary>
    private static byte[] Inflate(Stream compressed, PngFormat format)
    {
        var rows = new byte[format.Height * (1 + format.RowBytes)];
        try
        {
            using var zlib = new ZLibStream(compressed, CompressionMode.Decompress);
            var read = zlib.ReadAtLeast(rows, rows.Length, throwOnEndOfStream: false);
            return read == rows.Length ? rows : throw new PngFormatException($"{rows.Length} bytes of pixels expected, {read} found (truncated).");
        }
        catch (InvalidDataException e)
        {
            throw new PngFormatException("the compressed pixels are damaged.", e);
        }
    }

    /// <summary>Undoes each row's prediction from the pixel to the left (a), above (b) and above left (c); leaves the rows without filter bytes.</summary>
    private static byte[] Unfilter(byte[] rows, PngFormat format)
    {
        var (rowBytes, step) = (format.RowBytes, format.PixelBytes);
        var pixels = new byte[format.Height * rowBytes];
        for (var y = 0; y < format.Height; y++)
        {
            var filter = rows[y * (1 + rowBytes)];
            var source = rows.AsSpan((y * (1 + rowBytes)) + 1, rowBytes);
            var row = pixels.AsSpan(y * rowBytes, rowBytes);
            var above = y > 0 ? pixels.AsSpan((y - 1) * rowBytes, rowBytes) : new byte[rowBytes];
            for (var i = 0; i < rowBytes; i++)
            {
                var (a, b, c) = (i >= step ? row[i - step] : 0, above[i], i >= step ? above[i - step] : 0);
                row[i] = (byte)(source[i] + filter switch
                {
                    0 => 0,
                    1 => a,
                    2 => b,
                    3 => (a + b) / 2,
                    4 => Paeth(a, b, c),
                    _ => throw new PngFormatException($"row {y} has filter {filter}; 0 to 4 exist."),
                });
            }
        }

        return pixels;
    }

    private static int Paeth(int a, int b, int c)
    {
        var (toA, toB, toC) = (Math.Abs(b - c), Math.Abs(a - c), Math.Abs(a + b - c - c));
        return toA <= toB && toA <= toC ? a : toB <= toC ? b : c;
    }
}

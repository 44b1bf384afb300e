using System.Buffers.Binary;
using System.IO.Compression;

namespace VitLab.Vision;

/// <summary>
/// PNG (ISO/IEC 15948) as far as the lab needs it: writes 8-bit grey; reads grey, RGB, palette, with or without alpha, any bit depth,
/// not interlaced. Colours become their luma, transparency shows white paper.
/// </summary>
public static class Png
{
    /// <summary>Largest side that is decoded; larger headers are refused before anything is allocated.</summary>
    public const int MaximumSize = 4096;

    internal static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static byte[] Encode(GrayImage image)
    {
        using var file = new MemoryStream();
        file.Write(Signature);

        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], image.Height);
        header[8] = 8;                                              // bits; colour type 0 is grey, the other fields have one legal value
        PngChunk.Write(file, "IHDR"u8, header);
        PngChunk.Write(file, "IDAT"u8, Compress(image));
        PngChunk.Write(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <exception cref="PngFormatException">When the bytes are no PNG, damaged, too large or of a kind that is not read.</exception>
    public static GrayImage Decode(ReadOnlySpan<byte> bytes) => PngDecoder.Decode(bytes);

    private static byte[] Compress(GrayImage image)
    {
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Optimal))
        {
            for (var y = 0; y < image.Height; y++)
            {
                zlib.WriteByte(0);                                  // filter: none
                zlib.Write(image.Pixels, y * image.Width, image.Width);
            }
        }

        return data.ToArray();
    }
}

/// <summary>Bytes that are not a PNG this codec reads.</summary>
public sealed class PngFormatException(string message, Exception? inner = null) : FormatException($"PNG: {message}", inner);

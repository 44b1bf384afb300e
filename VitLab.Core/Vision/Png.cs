using System.Buffers.Binary;
using System.IO.Compression;

namespace VitLab.Vision;

/// <summary>
/// PNG (ISO/IEC 15948) as far as the lab needs it: writes 8-bit grey and RGB; reads grey, RGB, palette, with or without alpha, any bit depth,
/// not interlaced. Transparency shows white paper.
/// </summary>
public static class Png
{
    /// <summary>Largest side that is decoded; larger headers are refused before anything is allocated.</summary>
    public const int MaximumSize = 4096;

    internal static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static byte[] Encode(PlanarImage image)
    {
        using var file = new MemoryStream();
        file.Write(Signature);

        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], image.Height);
        header[8] = 8;                                              // bits
        header[9] = (byte)(image.Channels == 1 ? 0 : 2);            // colour type: grey or RGB; the other fields have one legal value
        PngChunk.Write(file, "IHDR"u8, header);
        PngChunk.Write(file, "IDAT"u8, Compress(image));
        PngChunk.Write(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>A <see cref="GrayImage"/> from a file of grey, red, green and blue from any other.</summary>
    /// <exception cref="PngFormatException">When the bytes are no PNG, damaged, too large or of a kind that is not read.</exception>
    public static PlanarImage Decode(ReadOnlySpan<byte> bytes) => PngDecoder.Decode(bytes);

    private static byte[] Compress(PlanarImage image)
    {
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Optimal))
        {
            var row = new byte[image.Width * image.Channels];
            for (var y = 0; y < image.Height; y++)
            {
                for (var channel = 0; channel < image.Channels; channel++)
                {
                    Interleave(image.Plane(channel).Slice(y * image.Width, image.Width), row.AsSpan(channel), image.Channels);
                }

                zlib.WriteByte(0);                                  // filter: none
                zlib.Write(row);
            }
        }

        return data.ToArray();
    }

    private static void Interleave(ReadOnlySpan<byte> plane, Span<byte> row, int channels)
    {
        for (var x = 0; x < plane.Length; x++)
        {
            row[x * channels] = plane[x];
        }
    }
}

/// <summary>Bytes that are not a PNG this codec reads.</summary>
public sealed class PngFormatException(string message, Exception? inner = null) : FormatException($"PNG: {message}", inner);

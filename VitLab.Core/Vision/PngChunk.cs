using System.Buffers.Binary;

namespace VitLab.Vision;

/// <summary>Length, type, data, CRC-32: the envelope of everything in a PNG file.</summary>
internal static class PngChunk
{
    private static readonly uint[] s_table = [.. Enumerable.Range(0, 256).Select(TableEntry)];

    public static void Write(Stream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Update(Update(uint.MaxValue, type), data));
        file.Write(number);
    }

    /// <summary>Takes the next chunk off <paramref name="rest"/>, its checksum verified.</summary>
    public static (uint Type, ReadOnlyMemory<byte> Data) Read(ref ReadOnlyMemory<byte> rest)
    {
        if (rest.Length < 12)
        {
            throw new PngFormatException("the file ends before its end chunk (truncated).");
        }

        var span = rest.Span;
        var length = BinaryPrimitives.ReadUInt32BigEndian(span);
        if (length > rest.Length - 12)
        {
            throw new PngFormatException($"a chunk of {length} bytes is announced, {rest.Length - 12} are left (truncated).");
        }

        var end = 8 + (int)length;
        var expected = BinaryPrimitives.ReadUInt32BigEndian(span[end..]);
        var actual = ~Update(uint.MaxValue, span[4..end]);
        if (actual != expected)
        {
            throw new PngFormatException($"a chunk is damaged: checksum {expected:x8} expected, {actual:x8} found.");
        }

        var chunk = (BinaryPrimitives.ReadUInt32BigEndian(span[4..]), rest[8..end]);
        rest = rest[(end + 4)..];
        return chunk;
    }

    private static uint Update(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            crc = s_table[(crc ^ value) & 0xFF] ^ (crc >> 8);
        }

        return crc;
    }

    private static uint TableEntry(int index)
    {
        var crc = (uint)index;
        for (var bit = 0; bit < 8; bit++)
        {
            crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        }

        return crc;
    }
}

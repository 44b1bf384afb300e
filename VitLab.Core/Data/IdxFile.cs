using System.Buffers.Binary;
using System.IO.Compression;

namespace VitLab.Data;

/// <summary>
/// IDX, the format of the MNIST files: two zero bytes, the element type (8 = unsigned byte), the number of dimensions, each dimension
/// as a big-endian 32-bit number, then the elements. Plain or gzip.
/// </summary>
public static class IdxFile
{
    /// <summary>More than any file of this family holds: a larger header is damage, not data.</summary>
    private const long MaximumBytes = 1L << 30;

    /// <summary>Images (three dimensions) with the labels (one dimension) beside them.</summary>
    /// <exception cref="DataException">When a file is missing, damaged, or the two do not belong together.</exception>
    public static ImageSet ReadImages(string imagesPath, string labelsPath)
    {
        var (size, pixels) = Read(imagesPath, dimensions: 3);
        var (count, labels) = Read(labelsPath, dimensions: 1);
        if (size[0] != count[0])
        {
            throw new DataException($"{labelsPath}: expected {size[0]} labels, one for each image of {Path.GetFileName(imagesPath)}, got {count[0]}.") { File = labelsPath };
        }

        return new ImageSet(1, size[1], size[2], pixels, labels);
    }

    /// <summary>The dimensions and bytes of one file.</summary>
    /// <exception cref="DataException">When the file is missing, truncated, damaged, or no IDX file of bytes with so many dimensions.</exception>
    public static (int[] Size, byte[] Bytes) Read(string path, int dimensions)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var content = Open(file);
            var size = ReadHeader(content, path, dimensions);
            var bytes = new byte[size.Aggregate(1L, (product, each) => product * each)];
            ReadExactly(content, bytes, path, $"{string.Join(" × ", size)} bytes of data");
            if (content.ReadByte() >= 0)
            {
                throw new DataException($"{path}: expected {string.Join(" × ", size)} bytes of data as its header says, got more.") { File = path };
            }

            if (content is GZipStream)
            {
                CheckTrailer(path, 4 + (4 * dimensions) + bytes.Length);
            }

            return (size, bytes);
        }
        catch (InvalidDataException e)
        {
            throw new DataException($"{path}: expected gzip data, got a damaged or truncated file ({e.Message})", e) { File = path };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: cannot be read ({e.Message})", e) { File = path };
        }
    }

    private static Stream Open(FileStream file)
    {
        var isGzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        return isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <summary>A gzip file ends with the length of its content; .NET does not mind when that end is missing.</summary>
    private static void CheckTrailer(string path, int length)
    {
        using var file = File.OpenRead(path);
        file.Seek(-4, SeekOrigin.End);
        Span<byte> trailer = stackalloc byte[4];
        file.ReadExactly(trailer);
        if (BinaryPrimitives.ReadInt32LittleEndian(trailer) != length)
        {
            throw new DataException($"{path}: expected a gzip trailer for {length} bytes, got another: the file is truncated.") { File = path };
        }
    }

    private static int[] ReadHeader(Stream content, string path, int dimensions)
    {
        Span<byte> header = stackalloc byte[4 + (4 * dimensions)];
        ReadExactly(content, header[..4], path, "a header of 4 bytes");
        var (magic, expected) = (BinaryPrimitives.ReadUInt32BigEndian(header), 0x0800u + (uint)dimensions);
        if (magic != expected)
        {
            throw new DataException($"{path}: expected magic number 0x{expected:x8} (IDX, unsigned bytes, {dimensions} dimensions), got 0x{magic:x8}.") { File = path };
        }

        ReadExactly(content, header[4..], path, $"{dimensions} dimensions");
        var size = new int[dimensions];
        var total = 1L;
        for (var i = 0; i < dimensions; i++)
        {
            size[i] = BinaryPrimitives.ReadInt32BigEndian(header[(4 + (4 * i))..]);
            if (size[i] < 1 || (total *= size[i]) > MaximumBytes)
            {
                throw new DataException($"{path}: dimension {i} of its header is {(uint)size[i]}; expected at least 1 and at most {MaximumBytes} elements in all.") { File = path };
            }
        }

        return size;
    }

    private static void ReadExactly(Stream content, Span<byte> target, string path, string what)
    {
        var read = content.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        if (read < target.Length)
        {
            throw new DataException($"{path}: expected {what}, got {read} bytes: the file is truncated.") { File = path };
        }
    }
}

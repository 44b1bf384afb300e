namespace VitLab.Data;

/// <summary>
/// The binary format of CIFAR-10: records of a label byte and 3 × 32 × 32 bytes, the red, green and blue plane row by row.
/// Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009, https://www.cs.toronto.edu/~kriz/cifar.html.
/// </summary>
public static class CifarFile
{
    public const int Channels = 3, Side = 32, Classes = 10;

    private const int ImageBytes = Channels * Side * Side, RecordBytes = 1 + ImageBytes;

    /// <summary>More than any file of this family holds: a larger one is no such file.</summary>
    private const long MaximumBytes = 1L << 30;

    /// <exception cref="DataException">When the file cannot be read, is no whole number of records, or has labels beyond 9.</exception>
    public static ImageSet Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length == 0 || file.Length % RecordBytes != 0 || file.Length > MaximumBytes)
            {
                throw new DataException($"{path}: expected records of {RecordBytes} bytes (a label and 3 × 32 × 32 pixels), got {file.Length:N0} bytes: {(file.Length == 0 ? "the file is empty" : file.Length > MaximumBytes ? "too many" : $"{file.Length % RecordBytes} beyond the last whole record")}.") { File = path };
            }

            return ReadRecords(file, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: cannot be read ({e.Message})", e) { File = path };
        }
    }

    /// <summary>Images in a file of such a size, without reading it.</summary>
    internal static int Count(string path) => (int)(new FileInfo(path).Length / RecordBytes);

    private static ImageSet ReadRecords(FileStream file, string path)
    {
        var count = (int)(file.Length / RecordBytes);
        var (pixels, labels, record) = (new byte[count * ImageBytes], new byte[count], new byte[RecordBytes]);
        for (var i = 0; i < count; i++)
        {
            file.ReadExactly(record);
            labels[i] = record[0] < Classes ? record[0]
                : throw new DataException($"{path}: expected labels 0 to 9, got {record[0]} in record {i}.") { File = path };
            record.AsSpan(1).CopyTo(pixels.AsSpan(i * ImageBytes));
        }

        return new ImageSet(Channels, Side, Side, pixels, labels);
    }
}

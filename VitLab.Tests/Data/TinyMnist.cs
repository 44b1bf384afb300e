using System.Buffers.Binary;
using System.IO.Compression;
using VitLab.Data;

namespace VitLab.Tests.Data;

/// <summary>Four IDX files of a few pen digits in a temporary folder, removed when disposed.</summary>
public sealed class TinyMnist : IDisposable
{
    public const int TrainCount = 120;
    public const int TestCount = 30;

    public TinyMnist()
    {
        Directory.CreateDirectory(Folder);
        var (train, test) = (PenDigits.Generate(TrainCount, seed: 1), PenDigits.Generate(TestCount, seed: 2));
        Write(MnistFile.TrainImages, Idx([TrainCount, 28, 28], train.Pixels));
        Write(MnistFile.TrainLabels, Idx([TrainCount], train.Labels));
        Write(MnistFile.TestImages, Idx([TestCount, 28, 28], test.Pixels));
        Write(MnistFile.TestLabels, Idx([TestCount], test.Labels));
    }

    /// <summary>The data folder that holds mnist/.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("vitlab-data-").FullName;

    public string Folder => Path.Combine(Root, "mnist");

    public string PathOf(MnistFile file) => Path.Combine(Folder, file.Name);

    public DataCatalog Catalog(HttpClient? client = null, bool allowDownload = false) => new(
        new DataCatalogOptions
        {
            Folders = new DataFolders([Root], Root), AllowDownload = allowDownload, Mirrors = ["https://mirror.test/mnist"],
            PenTraining = 60, PenValidation = 20, PenTest = 20, PenUnseenTest = 30,
        },
        client);

    public void Write(MnistFile file, byte[] idx) => File.WriteAllBytes(PathOf(file), Gzip(idx));

    public static byte[] Idx(int[] size, byte[] data)
    {
        var header = new byte[4 + (4 * size.Length)];
        (header[2], header[3]) = (8, (byte)size.Length);
        for (var i = 0; i < size.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + (4 * i)), size[i]);
        }

        return [.. header, .. data];
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}

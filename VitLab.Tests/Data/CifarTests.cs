using VitLab.Data;
using VitLab.Tests.Support;

namespace VitLab.Tests.Data;

/// <summary>CIFAR-10 from made files of a few records.</summary>
public sealed class CifarTests : IDisposable
{
    private const int Record = 1 + (3 * 32 * 32);

    private readonly TemporaryFolder _home = new();

    public CifarTests() => Directory.CreateDirectory(Folder);

    private string Folder => Path.Combine(_home.Path, "cifar-10-batches-bin");

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Read_TwoRecords_GivesLabelsAndPlanes()
    {
        var bytes = new byte[2 * Record];
        (bytes[0], bytes[1], bytes[1 + 1024], bytes[1 + 2048], bytes[Record], bytes[^1]) = (7, 10, 20, 30, 9, 40);
        File.WriteAllBytes(Batch(1), bytes);

        var images = CifarFile.Read(Batch(1));

        Assert.Equal((2, 3, 32, 32), (images.Count, images.Channels, images.Height, images.Width));
        Assert.Equal([7, 9], images.Labels);
        Assert.Equal((10, 20, 30, 40), (images.Image(0)[0], images.Image(0)[1024], images.Image(0)[2048], images.Image(1)[^1]));
    }

    [Theory]
    [InlineData(Record - 1, "3072 beyond the last whole record")]
    [InlineData((2 * Record) + 5, "5 beyond the last whole record")]
    [InlineData(0, "the file is empty")]
    public void Read_NoWholeNumberOfRecords_SaysFileAndSize(int length, string reason)
    {
        File.WriteAllBytes(Batch(1), new byte[length]);

        var error = Assert.Throws<DataException>(() => CifarFile.Read(Batch(1)));

        Assert.StartsWith(Batch(1), error.Message, StringComparison.Ordinal);
        Assert.Contains("expected records of 3073 bytes", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Equal(Batch(1), error.File);
    }

    [Fact]
    public void Read_LabelBeyondNine_SaysWhichRecord()
    {
        var bytes = new byte[3 * Record];
        bytes[2 * Record] = 10;
        File.WriteAllBytes(Batch(1), bytes);

        Assert.Contains("expected labels 0 to 9, got 10 in record 2", Assert.Throws<DataException>(() => CifarFile.Read(Batch(1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoFile_IsAnErrorThatNamesIt() => Assert.Contains(Batch(3), Assert.Throws<DataException>(() => CifarFile.Read(Batch(3))).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_SomeBatches_AreASubsetSplitTheSameForEverySeed()
    {
        Write(Batch(2), 24, seed: 1);
        Write(Batch(4), 36, seed: 2);
        Write(Path.Combine(Folder, "test_batch.bin"), 10, seed: 3);

        var splits = Catalog().Load("cifar-10", seed: 1);

        Assert.Equal(("cifar-10", 55, 5, 10), (splits.Source, splits.Train.Count, splits.Validation.Count, splits.Test.Count));
        Assert.Equal("CIFAR-10 subset (training batches 2, 4 of 5): 55 training, 5 validation and 10 test pictures.", splits.Description);
        Assert.Equal(splits.Train.Pixels, Catalog().Load("cifar-10", seed: 2).Train.Pixels);
        Assert.Equal((55, Folder), (Catalog().TrainingImages("cifar-10"), Catalog().FolderOf("cifar-10")));
        Assert.Equal(60, splits.Train.Concat(splits.Validation).Pixels.Chunk(3072).Select(Convert.ToHexString).Distinct().Count());
    }

    [Fact]
    public void Load_OtherFiles_HaveAnotherChecksum()
    {
        Write(Batch(1), 24, seed: 1);
        Write(Path.Combine(Folder, "test_batch.bin"), 10, seed: 3);
        var before = Catalog().Load("cifar-10", seed: 1).Checksum;

        Write(Batch(1), 24, seed: 2);

        Assert.NotEqual(before, Catalog().Load("cifar-10", seed: 1).Checksum);
    }

    [Fact]
    public void Load_NoTestBatch_IsNotFound()
    {
        Write(Batch(1), 24, seed: 1);

        Assert.Contains("CIFAR-10 is not here", Assert.Throws<DataException>(() => Catalog().Load("cifar-10", seed: 1)).Message, StringComparison.Ordinal);
    }

    // Every block of 8 × 8 is a saddle, which has no high frequencies, from block to block another one: what quantisation leaves.
    [Fact]
    public void Description_BlocksWithoutHighFrequencies_SaysJpeg()
    {
        Write(Batch(1), 24, seed: 1, Saddles);
        Write(Path.Combine(Folder, "test_batch.bin"), 10, seed: 3, Saddles);

        Assert.StartsWith("JPEG-recompressed CIFAR-10 subset (training batch 1 of 5)", Catalog().Load("cifar-10", seed: 1).Description, StringComparison.Ordinal);

        static byte Saddles(int x, int y) => (byte)(128 + (8 * Math.Sin((13 * (x / 8)) + (29 * (y / 8)) + 1) * ((x % 8) - 3.5) * ((y % 8) - 3.5)));
    }

    private static void Write(string path, int records, int seed, Func<int, int, byte>? pixel = null)
    {
        var (random, bytes) = (new Random(seed), new byte[records * Record]);
        for (var i = 0; i < bytes.Length; i++)
        {
            var (at, place) = (i % Record, (i % Record) - 1);
            bytes[i] = at == 0 ? (byte)(i / Record % 10) : pixel is null ? (byte)random.Next(256) : pixel(place % 32, place / 32 % 32);
        }

        File.WriteAllBytes(path, bytes);
    }

    private DataCatalog Catalog() => new(new DataCatalogOptions { Folders = new DataFolders([_home.Path], _home.Path), AllowDownload = false });

    private string Batch(int number) => Path.Combine(Folder, $"data_batch_{number}.bin");
}

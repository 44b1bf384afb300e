using VitLab.Data;

namespace VitLab.Tests.Data;

public sealed class IdxFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_PackedOrPlain_GivesSizeAndBytes(bool packed)
    {
        var idx = TinyMnist.Idx([2, 1, 3], [1, 2, 3, 4, 5, 6]);
        File.WriteAllBytes(_path, packed ? TinyMnist.Gzip(idx) : idx);

        var (size, bytes) = IdxFile.Read(_path, dimensions: 3);

        Assert.Equal([2, 1, 3], size);
        Assert.Equal([1, 2, 3, 4, 5, 6], bytes);
    }

    [Fact]
    public void Read_WrongMagic_NamesFileExpectedAndGot()
    {
        File.WriteAllBytes(_path, TinyMnist.Gzip(TinyMnist.Idx([6], [1, 2, 3, 4, 5, 6])));

        var error = Assert.Throws<DataException>(() => IdxFile.Read(_path, dimensions: 3));

        Assert.Contains(_path, error.Message, StringComparison.Ordinal);
        Assert.Contains("expected magic number 0x00000803", error.Message, StringComparison.Ordinal);
        Assert.Contains("got 0x00000801", error.Message, StringComparison.Ordinal);
        Assert.Equal(_path, error.File);
    }

    [Fact]
    public void Read_EveryTruncationOfAPackedFile_IsAnError()
    {
        var whole = TinyMnist.Gzip(TinyMnist.Idx([40], Enumerable.Range(0, 40).Select(i => (byte)(i * i)).ToArray()));

        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(_path, whole[..length]);
            var error = Assert.Throws<DataException>(() => IdxFile.Read(_path, dimensions: 1));
            Assert.Contains(_path, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_FlippedBit_IsAnError()
    {
        var whole = TinyMnist.Gzip(TinyMnist.Idx([400], [.. Enumerable.Range(0, 400).Select(i => (byte)(i * i))]));
        whole[^6] ^= 4;                                             // inside the gzip checksum
        File.WriteAllBytes(_path, whole);

        Assert.Throws<DataException>(() => IdxFile.Read(_path, dimensions: 1));
    }

    [Theory]
    [InlineData(5, "truncated")]
    [InlineData(7, "got more")]
    public void Read_DataOfAnotherLengthThanTheHeaderSays_IsAnError(int length, string expected)
    {
        File.WriteAllBytes(_path, TinyMnist.Idx([6], new byte[length]));

        Assert.Contains(expected, Assert.Throws<DataException>(() => IdxFile.Read(_path, dimensions: 1)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 28)]
    [InlineData(-5, 28)]
    [InlineData(2_000_000_000, 2_000_000_000)]
    public void Read_ImpossibleDimensions_AreRefusedBeforeAnythingIsAllocated(int first, int second)
    {
        File.WriteAllBytes(_path, TinyMnist.Idx([first, second, 28], []));

        Assert.Contains("dimension", Assert.Throws<DataException>(() => IdxFile.Read(_path, dimensions: 3)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MissingFile_IsADataException() =>
        Assert.Contains("cannot be read", Assert.Throws<DataException>(() => IdxFile.Read(_path + ".none", dimensions: 1)).Message, StringComparison.Ordinal);

    [Fact]
    public void ReadImages_OtherNumberOfLabels_NamesBothFiles()
    {
        using var data = new TinyMnist();
        data.Write(MnistFile.TrainLabels, TinyMnist.Idx([7], new byte[7]));

        var error = Assert.Throws<DataException>(() => IdxFile.ReadImages(data.PathOf(MnistFile.TrainImages), data.PathOf(MnistFile.TrainLabels)));

        Assert.Contains($"expected {TinyMnist.TrainCount} labels", error.Message, StringComparison.Ordinal);
        Assert.Contains("got 7", error.Message, StringComparison.Ordinal);
    }
}

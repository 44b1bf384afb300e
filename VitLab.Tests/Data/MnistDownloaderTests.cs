using System.Net;
using System.Security.Cryptography;
using VitLab.Data;

namespace VitLab.Tests.Data;

public sealed class MnistDownloaderTests : IDisposable
{
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("vitlab-download-").FullName, "mnist");

    private readonly byte[] _content = RandomNumberGenerator.GetBytes(200_000);

    private MnistFile Published => new("small.gz", _content.Length, Convert.ToHexStringLower(SHA256.HashData(_content)));

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    [Fact]
    public async Task DownloadAsync_GoodMirror_BringsTheFileAndReportsBytes()
    {
        var reports = new List<DataProgress>();
        using var client = new HttpClient(TestMirror.Of(_ => _content));

        await Downloader(client, "https://a.test/mnist/").DownloadAsync(_folder, new Now(reports), TestContext.Current.CancellationToken);

        Assert.Equal(_content, await File.ReadAllBytesAsync(Target, TestContext.Current.CancellationToken));
        Assert.Equal([Target], Directory.GetFiles(_folder));
        Assert.Equal(new DataProgress("small.gz", _content.Length, _content.Length, "bytes"), reports[^1]);
        Assert.True(reports.Select(report => report.Done).SequenceEqual(reports.Select(report => report.Done).Order()));
    }

    [Fact]
    public async Task DownloadAsync_FilePresent_AsksNobody()
    {
        Directory.CreateDirectory(_folder);
        await File.WriteAllTextAsync(Target, "mine", TestContext.Current.CancellationToken);
        var mirror = TestMirror.Of(_ => _content);
        using var client = new HttpClient(mirror);

        await Downloader(client, "https://a.test").DownloadAsync(_folder, ct: TestContext.Current.CancellationToken);

        Assert.Empty(mirror.Asked);
    }

    [Fact]
    public async Task DownloadAsync_FirstMirrorsFail_TakesTheNext()
    {
        var mirror = TestMirror.Of(address => address.Contains("c.test", StringComparison.Ordinal) ? _content : address.Contains("b.test", StringComparison.Ordinal) ? [1, 2, 3] : null);
        using var client = new HttpClient(mirror);

        await Downloader(client, "https://a.test", "https://b.test", "not an address", "https://c.test").DownloadAsync(_folder, ct: TestContext.Current.CancellationToken);

        Assert.Equal(["https://a.test/small.gz", "https://b.test/small.gz", "https://c.test/small.gz"], mirror.Asked);
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task DownloadAsync_NoGoodMirror_ListsEachOnesTroubleAndLeavesNothing()
    {
        byte[] other = [.. _content];
        other[1000] ^= 1;
        using var client = new HttpClient(TestMirror.Of(address => address switch
        {
            "https://short.test/small.gz" => _content[..^1],
            "https://long.test/small.gz" => [.. _content, .. _content],
            "https://wrong.test/small.gz" => other,
            _ => null,
        }));

        var error = await Assert.ThrowsAsync<DataException>(() =>
            Downloader(client, "https://gone.test", "https://short.test", "https://long.test", "https://wrong.test").DownloadAsync(_folder, ct: TestContext.Current.CancellationToken));

        Assert.Contains("https://gone.test/small.gz: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("404", error.Message, StringComparison.Ordinal);
        Assert.Contains("expected 200000 bytes, got 199999", error.Message, StringComparison.Ordinal);
        Assert.Contains("expected 200000 bytes, got more", error.Message, StringComparison.Ordinal);
        Assert.Contains($"expected SHA-256 {Published.Sha256}, got {Convert.ToHexStringLower(SHA256.HashData(other))}", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task DownloadAsync_ConnectionBreaks_TakesTheNextMirror()
    {
        using var client = new HttpClient(new TestMirror((request, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = request.RequestUri!.Host == "a.test"
                ? new StreamContent(new TestStream(_content[..50_000], _ => throw new IOException("reset by peer")))
                : new ByteArrayContent(_content),
        })));

        await Downloader(client, "https://a.test", "https://b.test").DownloadAsync(_folder, ct: TestContext.Current.CancellationToken);

        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task DownloadAsync_SilentMirror_IsLeftForTheNext()
    {
        using var client = new HttpClient(new TestMirror(async (request, ct) =>
        {
            if (request.RequestUri!.Host == "a.test")
            {
                await Task.Delay(Timeout.Infinite, ct);
            }

            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(_content) };
        }));
        var downloader = new MnistDownloader(client, ["https://a.test", "https://b.test"]) { Files = [Published], Patience = TimeSpan.FromMilliseconds(50) };

        await downloader.DownloadAsync(_folder, ct: TestContext.Current.CancellationToken);

        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task DownloadAsync_Cancelled_StopsAndLeavesNothing()
    {
        using var cancel = new CancellationTokenSource();
        using var client = new HttpClient(new TestMirror((_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StreamContent(new TestStream(_content[..50_000], async ct =>
            {
                await cancel.CancelAsync();
                ct.ThrowIfCancellationRequested();
                return 0;
            })),
        })));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Downloader(client, "https://a.test", "https://b.test").DownloadAsync(_folder, ct: cancel.Token));

        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task DownloadAsync_FolderIsAFile_NamesIt()
    {
        await File.WriteAllTextAsync(_folder, "in the way", TestContext.Current.CancellationToken);
        using var client = new HttpClient(TestMirror.Of(_ => _content));

        var error = await Assert.ThrowsAsync<DataException>(() => Downloader(client, "https://a.test").DownloadAsync(_folder, ct: TestContext.Current.CancellationToken));

        Assert.Contains(_folder, error.Message, StringComparison.Ordinal);
    }

    /// <summary>/dev/full answers every write with "no space left on device", as a full disk does.</summary>
    [Fact]
    public async Task DownloadAsync_DiskFull_SaysSoAndTriesNoOtherMirror()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs /dev/full");
        var mirror = TestMirror.Of(_ => _content);
        using var client = new HttpClient(mirror);
        var downloader = new MnistDownloader(client, ["https://a.test", "https://b.test"])
        {
            Files = [Published],
            OpenTarget = path =>
            {
                File.WriteAllText(path, "");
                return new FileStream("/dev/full", FileMode.Open, FileAccess.Write);
            },
        };

        var error = await Assert.ThrowsAsync<DataException>(() => downloader.DownloadAsync(_folder, ct: TestContext.Current.CancellationToken));

        Assert.Contains("cannot be written", error.Message, StringComparison.Ordinal);
        Assert.Contains("No space left", error.Message, StringComparison.Ordinal);
        Assert.Single(mirror.Asked);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    private string Target => Path.Combine(_folder, "small.gz");

    private MnistDownloader Downloader(HttpClient client, params string[] mirrors) => new(client, mirrors) { Files = [Published] };

    private sealed class Now(List<DataProgress> reports) : IProgress<DataProgress>
    {
        public void Report(DataProgress value) => reports.Add(value);
    }
}

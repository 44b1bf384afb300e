using System.Security.Cryptography;

namespace VitLab.Data;

/// <summary>Fetches the MNIST files from the first mirror that has them, verified before they get their names.</summary>
/// <param name="mirrors">Addresses of folders that hold the four files; tried in order, per file.</param>
public sealed class MnistDownloader(HttpClient client, IReadOnlyList<string>? mirrors = null)
{
    /// <summary>Public copies of the original files.</summary>
    public static IReadOnlyList<string> DefaultMirrors { get; } =
    [
        "https://ossci-datasets.s3.amazonaws.com/mnist/",
        "https://storage.googleapis.com/cvdf-datasets/mnist/",
    ];

    /// <summary>A mirror that sends nothing for this long is left for the next.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>What is fetched; tests use smaller files.</summary>
    internal IReadOnlyList<MnistFile> Files { get; init; } = MnistFile.All;

    /// <summary>Makes the temporary file; tests put a full disk here.</summary>
    internal Func<string, FileStream> OpenTarget { get; init; } = path => new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);

    public IReadOnlyList<string> Mirrors { get; } = mirrors is { Count: > 0 } ? mirrors : DefaultMirrors;

    /// <summary>Brings every file that <paramref name="folder"/> lacks.</summary>
    /// <exception cref="DataException">When no mirror has a good copy (each mirror's trouble is listed) or the folder cannot be written.</exception>
    public async Task DownloadAsync(string folder, IProgress<DataProgress>? progress = null, CancellationToken ct = default)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{folder}: cannot be made ({e.Message})", e) { File = folder };
        }

        foreach (var file in Files.Where(file => file.FindIn(folder) is null))
        {
            await DownloadAsync(file, Path.Combine(folder, file.Name), progress, ct).ConfigureAwait(false);
        }
    }

    private async Task DownloadAsync(MnistFile file, string path, IProgress<DataProgress>? progress, CancellationToken ct)
    {
        var troubles = new List<string>();
        foreach (var mirror in Mirrors)
        {
            var address = $"{mirror.TrimEnd('/')}/{file.Name}";
            var temporary = $"{path}.{Guid.NewGuid():N}.part";
            try
            {
                await FetchAsync(file, address, temporary, progress, ct).ConfigureAwait(false);
                File.Move(temporary, path, overwrite: true);
                return;
            }
            catch (Exception e) when (e is HttpRequestException or DownloadException or InvalidOperationException or UriFormatException)
            {
                troubles.Add($"{address}: {e.Message}");
            }
            catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
            {
                troubles.Add($"{address}: no answer for {Patience.TotalSeconds:0} s ({e.Message})");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new DataException($"{path}: cannot be written ({e.Message})", e) { File = path };
            }
            finally
            {
                TryDelete(temporary);
            }
        }

        throw new DataException($"{file.Name}: no mirror has a good copy.\n  {string.Join("\n  ", troubles)}") { File = path };
    }

    /// <summary>Downloads to a temporary file; returns when its length and checksum are right and it is on the disk.</summary>
    private async Task FetchAsync(MnistFile file, string address, string temporary, IProgress<DataProgress>? progress, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        using var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        var content = await response.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
        using var target = OpenTarget(temporary);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[81_920];
        long total = 0;
        while (await ReadAsync(content, buffer, patience.Token).ConfigureAwait(false) is > 0 and var read)
        {
            patience.CancelAfter(Patience);
            total += read;
            if (total > file.Length)
            {
                break;
            }

            hash.AppendData(buffer, 0, read);
            await target.WriteAsync(buffer.AsMemory(0, read), ct).ConfigureAwait(false);
            progress?.Report(new DataProgress(file.Name, total, file.Length, "bytes"));
        }

        Check(file, total, Convert.ToHexStringLower(hash.GetHashAndReset()));
        target.Flush(flushToDisk: true);
    }

    /// <summary>A broken connection is the mirror's trouble; an IOException of the file is the disk's.</summary>
    private static async Task<int> ReadAsync(Stream content, byte[] buffer, CancellationToken ct)
    {
        try
        {
            return await content.ReadAsync(buffer, ct).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new DownloadException($"the connection broke ({e.Message})", e);
        }
    }

    private static void Check(MnistFile file, long length, string sha256)
    {
        if (length != file.Length)
        {
            throw new DownloadException($"expected {file.Length} bytes, got {(length > file.Length ? "more" : length)}.");
        }

        if (sha256 != file.Sha256)
        {
            throw new DownloadException($"expected SHA-256 {file.Sha256}, got {sha256}.");
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The download's own error says what matters.
        }
    }

    private sealed class DownloadException(string message, Exception? inner = null) : Exception(message, inner);
}

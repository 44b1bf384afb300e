namespace VitLab.Data;

/// <summary>
/// The lab's datasets by name: digits ("mnist", "pen", which is generated, "mix", both half and half, and "pen-unseen", a test alone) and pictures ("cifar-10",
/// "fashion-mnist"). What was loaded stays in memory; callers who ask for the same data at the same time share one load. Safe for threads.
/// </summary>
public sealed class DataCatalog
{
    /// <summary>Generated sets kept in memory beside those that were found; the oldest goes first. A set is about 30 MB.</summary>
    private const int GeneratedSetsKept = 4;

    private readonly DataCatalogOptions _options;
    private readonly HttpClient _client;
    private readonly Lock _lock = new();
    private readonly List<(string Key, SharedLoad<ImageSplits> Load)> _loads = [];

    /// <param name="client">Used for downloads; the default waits as long as the mirrors send something.</param>
    public DataCatalog(DataCatalogOptions? options = null, HttpClient? client = null)
    {
        _options = options ?? new DataCatalogOptions();
        _client = client ?? new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>What can be trained on; an experiment says which of them it learns from.</summary>
    public static IReadOnlyList<string> TrainingSources { get; } = ["mnist", "pen", "mix", CifarData.Source, FashionData.Source];

    /// <summary>What can be tested on.</summary>
    public static IReadOnlyList<string> Sources { get; } = [.. TrainingSources, Unseen];

    private const string Unseen = "pen-unseen";

    /// <summary>The folder that a source's files would be read from; null when they are in none, and for what is generated.</summary>
    public string? FolderOf(string source) => source switch
    {
        "mnist" or "mix" => _options.Folders.Find("mnist", MnistData.IsIn),
        CifarData.Source => _options.Folders.Find(CifarData.Folder, CifarData.IsIn),
        FashionData.Source => FashionData.Folders.Select(name => _options.Folders.Find(name, FashionData.IsIn)).FirstOrDefault(folder => folder is not null),
        _ => null,
    };

    /// <summary>True for what needs no download: it is generated, or its files are there.</summary>
    public bool IsHere(string source) => source is "pen" or Unseen || FolderOf(source) is not null;

    /// <summary>Images that a source trains on per epoch, without loading it: for forecasts.</summary>
    public int TrainingImages(string source) => source switch
    {
        "mnist" => MnistData.TrainingImages,
        "mix" => 2 * MnistData.TrainingImages,
        CifarData.Source => CifarData.TrainingImages(FolderOf(source)),
        FashionData.Source => FashionData.TrainingImages,
        _ => _options.PenTraining,
    };

    /// <inheritdoc cref="LoadAsync"/>
    public ImageSplits Load(string source, int seed, IProgress<DataProgress>? progress = null, CancellationToken ct = default) =>
        LoadAsync(source, seed, progress, ct).GetAwaiter().GetResult();

    /// <summary>Finds, downloads or generates a dataset.</summary>
    /// <param name="seed">Of the generator; what is found in files, and "pen-unseen", is the same for every seed.</param>
    /// <exception cref="DataException">When it is not to be had, with what was tried.</exception>
    public Task<ImageSplits> LoadAsync(string source, int seed, IProgress<DataProgress>? progress = null, CancellationToken ct = default)
    {
        if (!Sources.Contains(source))
        {
            throw new DataException($"data: expected one of {string.Join(", ", Sources)}, got \"{source}\".");
        }

        var key = IsSeeded(source) ? $"{source} {seed}" : source;
        lock (_lock)
        {
            var known = _loads.Find(entry => entry.Key == key).Load?.Join(progress, ct);
            if (known is not null)
            {
                return known;
            }

            var load = new SharedLoad<ImageSplits>((report, stop) => Make(source, seed, report, stop));
            _loads.RemoveAll(entry => entry.Key == key);
            _loads.Add((key, load));
            Trim();
            return load.Join(progress, ct)!;
        }
    }

    private static bool IsSeeded(string source) => source is "pen" or "mix";

    private void Trim()
    {
        while (_loads.Count(IsGenerated) > GeneratedSetsKept)
        {
            _loads.RemoveAt(_loads.FindIndex(IsGenerated));
        }

        static bool IsGenerated((string Key, SharedLoad<ImageSplits>) entry) => entry.Key is not ("mnist" or CifarData.Source or FashionData.Source);
    }

    private ImageSplits Make(string source, int seed, IProgress<DataProgress> progress, CancellationToken ct) => source switch
    {
        "mnist" => Mnist(progress, ct),
        CifarData.Source => CifarData.Load(FolderOf(source) ?? throw Missing("CIFAR-10", "its test_batch.bin and any of data_batch_1.bin to data_batch_5.bin (binary version)", CifarData.Folder)),
        FashionData.Source => FashionData.Load(FolderOf(source) ?? throw Missing("Fashion-MNIST", "its four files, named as MNIST's,", [.. FashionData.Folders])),
        Unseen => PenDigits.UnseenSplits(_options.PenUnseenTest, progress, ct),
        "pen" => PenDigits.Splits(_options.PenTraining, _options.PenValidation, _options.PenTest, seed, progress, ct),
        _ => Mix(Load("mnist", seed, progress, ct), seed, progress, ct),
    };

    private ImageSplits Mnist(IProgress<DataProgress> progress, CancellationToken ct)
    {
        if (FolderOf("mnist") is { } found)
        {
            return MnistData.Load(found);
        }

        var advice = $"Searched: {Searched("mnist")}. Put the four MNIST files into one of these folders, or use data = pen (generated, needs nothing).";
        if (!_options.AllowDownload)
        {
            throw new DataException($"MNIST is not here and downloads are switched off. {advice}");
        }

        var folder = Path.Combine(_options.Folders.Download, "mnist");
        try
        {
            new MnistDownloader(_client, _options.Mirrors).DownloadAsync(folder, progress, ct).GetAwaiter().GetResult();
        }
        catch (DataException e)
        {
            throw new DataException($"MNIST is not here and could not be downloaded. {advice}\n{e.Message}", e) { File = e.File };
        }

        return MnistData.Load(folder);
    }

    private DataException Missing(string name, string files, params string[] folders) =>
        new($"{name} is not here, and the lab does not download it. Searched: {Searched(folders)}. Put {files} into one of these folders.");

    private string Searched(params string[] names) => string.Join(", ", _options.Folders.Search.SelectMany(folder => names.Select(name => Path.Combine(folder, name))));

    private static ImageSplits Mix(ImageSplits mnist, int seed, IProgress<DataProgress> progress, CancellationToken ct)
    {
        var pen = PenDigits.Splits(mnist.Train.Count, mnist.Validation.Count, test: 0, seed, progress, ct);
        return new ImageSplits(
            "mix",
            $"Half and half in training ({2 * mnist.Train.Count:N0}) and validation ({2 * mnist.Validation.Count:N0}); the test is MNIST's own. {mnist.Description} {pen.Description}",
            PenDigits.Checksum($"{mnist.Checksum} {pen.Checksum}"),
            mnist.Train.Concat(pen.Train), mnist.Validation.Concat(pen.Validation), mnist.Test);
    }
}

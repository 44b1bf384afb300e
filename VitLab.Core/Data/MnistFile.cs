namespace VitLab.Data;

/// <summary>One of the four files of MNIST (LeCun, Cortes, Burges), as published.</summary>
/// <param name="Sha256">Of the gzip file, lower-case hex.</param>
/// <param name="Length">Of the gzip file, in bytes.</param>
public sealed record MnistFile(string Name, long Length, string Sha256)
{
    public static MnistFile TrainImages { get; } =
        new("train-images-idx3-ubyte.gz", 9_912_422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609");

    public static MnistFile TrainLabels { get; } =
        new("train-labels-idx1-ubyte.gz", 28_881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c");

    public static MnistFile TestImages { get; } =
        new("t10k-images-idx3-ubyte.gz", 1_648_877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6");

    public static MnistFile TestLabels { get; } =
        new("t10k-labels-idx1-ubyte.gz", 4_542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6");

    public static IReadOnlyList<MnistFile> All { get; } = [TrainImages, TrainLabels, TestImages, TestLabels];

    /// <summary>The file in <paramref name="folder"/>, as published or unpacked; null when it is not there.</summary>
    public string? FindIn(string folder)
    {
        var packed = Path.Combine(folder, Name);
        var unpacked = Path.ChangeExtension(packed, null);
        return File.Exists(packed) ? packed : File.Exists(unpacked) ? unpacked : null;
    }

    /// <summary>True for folders that hold all four.</summary>
    public static bool AreIn(string folder) => All.All(file => file.FindIn(folder) is not null);

    /// <summary>11/12 of the folder's training file to learn from (55,000), 1/12 to validate (5,000), the test file for reports.</summary>
    /// <exception cref="DataException">When a file is missing or damaged.</exception>
    internal static (ImageSet Train, ImageSet Validation, ImageSet Test, string[] Paths) ReadSplits(string folder)
    {
        var paths = All.Select(file => file.FindIn(folder) ?? throw new DataException($"{Path.Combine(folder, file.Name)}: not found.")).ToArray();
        var whole = IdxFile.ReadImages(paths[0], paths[1]);
        var test = IdxFile.ReadImages(paths[2], paths[3]);
        CheckLabels(whole, paths[1]);
        CheckLabels(test, paths[3]);
        if ((test.Height, test.Width) != (whole.Height, whole.Width))
        {
            throw new DataException($"{paths[2]}: expected images of {whole.Width} × {whole.Height} as in the training file, got {test.Width} × {test.Height}.") { File = paths[2] };
        }

        var (train, validation) = ValidationSplit.Of(whole);
        return (train, validation, test, paths);
    }

    private static void CheckLabels(ImageSet images, string labelsPath)
    {
        var wrong = images.Labels.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)9);
        if (wrong >= 0)
        {
            throw new DataException($"{labelsPath}: expected labels 0 to 9, got {images.Labels[wrong]} at {wrong}.") { File = labelsPath };
        }
    }
}

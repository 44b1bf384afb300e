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
}

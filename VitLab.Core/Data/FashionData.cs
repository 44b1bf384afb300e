using System.Globalization;

namespace VitLab.Data;

/// <summary>Fashion-MNIST from a folder that holds its four files, which are named and built as MNIST's. Xiao, Rasul, Vollgraf, https://arxiv.org/abs/1708.07747.</summary>
internal static class FashionData
{
    public const string Source = "fashion-mnist";

    /// <summary>Of the published files: 11/12 of 60,000.</summary>
    public const int TrainingImages = 55_000;

    /// <summary>Folders it is looked for in, by name.</summary>
    public static IReadOnlyList<string> Folders { get; } = ["fashion", "fashion-mnist"];

    public static bool IsIn(string folder) => MnistFile.AreIn(folder);

    /// <inheritdoc cref="MnistFile.ReadSplits"/>
    public static ImageSplits Load(string folder)
    {
        var (train, validation, test, paths) = MnistFile.ReadSplits(folder);
        return new ImageSplits(
            Source,
            string.Create(CultureInfo.InvariantCulture, $"Fashion-MNIST: {train.Count:N0} training, {validation.Count:N0} validation and {test.Count:N0} test pictures."),
            FileChecksum.Of(paths).All, train, validation, test);
    }
}

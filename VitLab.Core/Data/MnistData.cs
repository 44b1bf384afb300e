namespace VitLab.Data;

/// <summary>MNIST from a folder that holds its four files.</summary>
internal static class MnistData
{
    /// <summary>Of the published files: 11/12 of 60,000.</summary>
    public const int TrainingImages = 55_000;

    public static bool IsIn(string folder) => MnistFile.AreIn(folder);

    /// <inheritdoc cref="MnistFile.ReadSplits"/>
    public static ImageSplits Load(string folder)
    {
        var (train, validation, test, paths) = MnistFile.ReadSplits(folder);
        var (checksum, each) = FileChecksum.Of(paths);
        var isGenuine = MnistFile.All.Zip(each).All(pair => pair.First.Sha256 == pair.Second);
        var description =
            $"MNIST: {train.Count:N0} training, {validation.Count:N0} validation and {test.Count:N0} test digits" +
            (isGenuine ? "." : " (not the published files: other checksums).");
        return new ImageSplits("mnist", description, checksum, train, validation, test);
    }
}

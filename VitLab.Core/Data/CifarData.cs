using System.Globalization;

namespace VitLab.Data;

/// <summary>CIFAR-10 from a folder that holds its test batch and any of its five training batches.</summary>
internal static class CifarData
{
    public const string Source = "cifar-10";

    /// <summary>What the published archive unpacks to.</summary>
    public const string Folder = "cifar-10-batches-bin";

    private const int PublishedBatches = 5, PublishedImages = 50_000;

    public static bool IsIn(string folder) => File.Exists(TestBatch(folder)) && Batches(folder).Count > 0;

    /// <summary>Images to learn from; of the published files when there is no folder.</summary>
    public static int TrainingImages(string? folder) =>
        ValidationSplit.TrainingImages(folder is null ? PublishedImages : Batches(folder).Sum(number => CifarFile.Count(Batch(folder, number))));

    /// <summary>11/12 of the training batches to learn from, 1/12 to validate, the test batch for reports.</summary>
    /// <exception cref="DataException">When a file is damaged.</exception>
    public static ImageSplits Load(string folder)
    {
        var batches = Batches(folder);
        string[] paths = [.. batches.Select(number => Batch(folder, number)), TestBatch(folder)];
        var files = paths.Select(CifarFile.Read).ToArray();
        var (whole, test) = (files[..^1].Aggregate((all, next) => all.Concat(next)), files[^1]);
        var (train, validation) = ValidationSplit.Of(whole);
        return new ImageSplits(Source, Describe(batches, whole, train, validation, test), FileChecksum.Of(paths).All, train, validation, test);
    }

    private static string Describe(List<int> batches, ImageSet whole, ImageSet train, ImageSet validation, ImageSet test)
    {
        var isSubset = batches.Count < PublishedBatches;
        var name = $"{(JpegTrace.IsIn(whole) ? "JPEG-recompressed " : "")}CIFAR-10{(isSubset ? " subset" : "")}";
        var which = isSubset ? $" (training batch{(batches.Count > 1 ? "es" : "")} {string.Join(", ", batches)} of {PublishedBatches})" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{name}{which}: {train.Count:N0} training, {validation.Count:N0} validation and {test.Count:N0} test pictures.");
    }

    private static List<int> Batches(string folder) => [.. Enumerable.Range(1, PublishedBatches).Where(number => File.Exists(Batch(folder, number)))];

    private static string Batch(string folder, int number) => Path.Combine(folder, $"data_batch_{number}.bin");

    private static string TestBatch(string folder) => Path.Combine(folder, "test_batch.bin");
}

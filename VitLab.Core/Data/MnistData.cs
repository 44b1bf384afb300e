using System.Security.Cryptography;
using VitLab.Vision;

namespace VitLab.Data;

/// <summary>MNIST from a folder that holds its four files.</summary>
internal static class MnistData
{
    /// <summary>The validation twelfth of the training file is the same for every run, whatever its seed.</summary>
    private const ulong SplitSeed = 60_000;

    /// <summary>Of the published files: 11/12 of 60,000.</summary>
    public const int TrainingImages = 55_000;

    public static bool IsIn(string folder) => MnistFile.All.All(file => file.FindIn(folder) is not null);

    /// <summary>11/12 of the training file to learn from (55,000), 1/12 to validate (5,000), the test file for reports.</summary>
    /// <exception cref="DataException">When a file is damaged.</exception>
    public static ImageSplits Load(string folder)
    {
        var paths = MnistFile.All.Select(file => file.FindIn(folder) ?? throw new DataException($"{Path.Combine(folder, file.Name)}: not found.")).ToArray();
        var whole = IdxFile.ReadImages(paths[0], paths[1]);
        var test = IdxFile.ReadImages(paths[2], paths[3]);
        CheckDigits(whole, paths[1]);
        CheckDigits(test, paths[3]);
        if ((test.Height, test.Width) != (whole.Height, whole.Width))
        {
            throw new DataException($"{paths[2]}: expected images of {whole.Width} × {whole.Height} as in the training file, got {test.Width} × {test.Height}.") { File = paths[2] };
        }

        var order = Shuffled(whole.Count);
        var trainCount = whole.Count - (whole.Count / 12);
        var (train, validation) = (whole.Select(order.AsSpan(0, trainCount)), whole.Select(order.AsSpan(trainCount)));
        var (checksum, genuine) = Checksum(paths);
        var description =
            $"MNIST: {train.Count:N0} training, {validation.Count:N0} validation and {test.Count:N0} test digits" +
            (genuine ? "." : " (not the published files: other checksums).");
        return new ImageSplits("mnist", description, checksum, train, validation, test);
    }

    private static void CheckDigits(ImageSet images, string labelsPath)
    {
        var wrong = images.Labels.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)9);
        if (wrong >= 0)
        {
            throw new DataException($"{labelsPath}: expected labels 0 to 9, got {images.Labels[wrong]} at {wrong}.") { File = labelsPath };
        }
    }

    private static int[] Shuffled(int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        var random = new SeededRandom(SplitSeed);
        for (var i = count - 1; i > 0; i--)
        {
            var j = random.Below(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    private static (string Checksum, bool Genuine) Checksum(string[] paths)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var genuine = true;
        foreach (var (file, path) in MnistFile.All.Zip(paths))
        {
            using var stream = File.OpenRead(path);
            var hash = SHA256.HashData(stream);
            all.AppendData(hash);
            genuine &= Convert.ToHexStringLower(hash) == file.Sha256;
        }

        return (Convert.ToHexStringLower(all.GetHashAndReset())[..16], genuine);
    }
}

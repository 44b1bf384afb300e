using VitLab.Data;
using VitLab.Web.Runs;

namespace VitLab.Tests.Runs;

/// <summary>
/// A few hundred seeded pictures in which the digit decides where the ink is, so that even a tiny model can learn them; of photographs as many in which the class decides
/// the colour.
/// </summary>
public sealed class TinyData() : LabData(new DataCatalog())
{
    /// <summary>Set: what loading ends with instead.</summary>
    public DataException? Trouble { get; init; }

    /// <summary>Completed: loading goes on. Null loads at once.</summary>
    public Task? Gate { get; init; }

    public static ImageSplits Splits { get; } = new("tiny", "256 made-up digits.", "0123456789abcdef", Images(256, 1), Images(64, 2), Images(64, 3));

    public static ImageSplits Photographs { get; } = new("cifar-10", "256 made-up photographs.", "fedcba9876543210", Photos(256, 1), Photos(64, 2), Photos(64, 3));

    public override async Task<ImageSplits> LoadAsync(string source, int seed, Action<string>? activity = null, CancellationToken ct = default)
    {
        activity?.Invoke($"Loading {source}");
        if (Gate is not null) await Gate.WaitAsync(ct);
        return Trouble is null || source == Generated ? source == Photographs.Source ? Photographs : Splits : throw Trouble;
    }

    public override bool IsMissing(string source) => Trouble is not null && source != Generated;

    private static ImageSet Photos(int count, int seed)
    {
        const int Plane = 32 * 32;
        var random = new Random(seed);
        var (pixels, labels) = (new byte[count * 3 * Plane], new byte[count]);
        for (var i = 0; i < pixels.Length; i++)
        {
            var (image, channel) = (i / (3 * Plane), i / Plane % 3);
            labels[image] = (byte)(image % 10);
            pixels[i] = (byte)(random.Next(60) + (labels[image] % 3 == channel ? 120 : 0) + (6 * labels[image]));
        }

        return new ImageSet(3, 32, 32, pixels, labels);
    }

    private static ImageSet Images(int count, int seed)
    {
        var random = new Random(seed);
        var (pixels, labels) = (new byte[count * 28 * 28], new byte[count]);
        for (var i = 0; i < count; i++)
        {
            labels[i] = (byte)(i % 10);
            var (x, y) = (4 + (labels[i] % 5 * 4), 4 + (labels[i] / 5 * 12));
            for (var dy = 0; dy < 7; dy++)
            {
                for (var dx = 0; dx < 4; dx++) pixels[(i * 784) + ((y + dy) * 28) + x + dx] = (byte)random.Next(128, 256);
            }
        }

        return new ImageSet(1, 28, 28, pixels, labels);
    }
}

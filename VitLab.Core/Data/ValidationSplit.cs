using VitLab.Vision;

namespace VitLab.Data;

/// <summary>The images of a published training file, 11/12 to learn from and 1/12 to validate on: the same ones for every run, whatever its seed.</summary>
internal static class ValidationSplit
{
    private const ulong Seed = 60_000;
    private const int Parts = 12;

    public static (ImageSet Train, ImageSet Validation) Of(ImageSet whole)
    {
        var order = Shuffled(whole.Count);
        var count = TrainingImages(whole.Count);
        return (whole.Select(order.AsSpan(0, count)), whole.Select(order.AsSpan(count)));
    }

    /// <summary>How many of the images are there to learn from.</summary>
    public static int TrainingImages(int whole) => whole - (whole / Parts);

    private static int[] Shuffled(int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        var random = new SeededRandom(Seed);
        for (var i = count - 1; i > 0; i--)
        {
            var j = random.Below(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }
}

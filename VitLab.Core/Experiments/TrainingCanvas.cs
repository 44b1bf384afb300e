using VitLab.Vision;

namespace VitLab.Experiments;

/// <summary>
/// Sizes of the canvases that a detector learns on. Sides grow by two patches of the usual size, so that what lies between is never seen in training. Most are small: a step
/// costs what its patches cost, and the same digits crowd fewer of them.
/// </summary>
internal static class TrainingCanvas
{
    /// <summary>Between sides, in pixels.</summary>
    public const int Step = 14;

    private const float SmallChance = 0.65f;

    private const int SmallSide = 84;

    /// <summary>Sizes that results are told for: small and large, wide and high, seen in training and not.</summary>
    public static IReadOnlyList<(int Height, int Width)> Measured { get; } =
    [
        (56, 56), (84, 84), (112, 112), (140, 140), (56, 168), (168, 112), (168, 168),
        (63, 63), (91, 91), (77, 119), (119, 119), (161, 105), (133, 133), (161, 161),
    ];

    /// <summary>True for sizes, in pixels, that can come up in training.</summary>
    public static bool IsSeen(int height, int width) => height % Step == 0 && width % Step == 0;

    /// <summary>Of a batch, in pixels.</summary>
    public static (int Height, int Width) Draw(ref SeededRandom random)
    {
        var longest = random.Chance(SmallChance) ? SmallSide : SceneNormalizer.LongestSide;
        return (Side(longest, ref random), Side(longest, ref random));
    }

    private static int Side(int longest, ref SeededRandom random) =>
        SceneNormalizer.ShortestSide + (Step * random.Below(((longest - SceneNormalizer.ShortestSide) / Step) + 1));
}

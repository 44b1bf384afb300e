using System.Text;

namespace VitLab.Tests.Golden;

/// <summary>The twin of golden_numbers.py: numbers from a name, the same to the last bit on both sides, so that weights and pictures need not be stored.</summary>
public static class GoldenNumbers
{
    /// <summary>Uniform in [low, high): SplitMix64 from the name's FNV-1a hash, 53 bits each, scaled in double and rounded to float once.</summary>
    public static float[] Uniform(string name, long[] shape, double low, double high)
    {
        var seed = SeedOf(name);
        var numbers = new float[shape.Aggregate(1L, (count, size) => count * size)];
        for (var i = 0; i < numbers.Length; i++)
        {
            var z = seed + ((ulong)(i + 1) * 0x9E3779B97F4A7C15UL);
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            var u = ((z ^ (z >> 31)) >> 11) * Math.ScaleB(1, -53);
            numbers[i] = (float)(low + ((high - low) * u));
        }

        return numbers;
    }

    public static long[] Labels(string name, int count, int classes) =>
        [.. Uniform(name, [count], 0, classes).Select(number => (long)Math.Floor(number))];

    /// <summary>The weight a state-dict entry of this name and shape gets.</summary>
    public static float[] Weight(string name, long[] shape)
    {
        if (!name.EndsWith("weight", StringComparison.Ordinal))
        {
            return Uniform(name, shape, -0.1, 0.1);
        }

        if (shape.Length < 2)
        {
            return Uniform(name, shape, 0.8, 1.2);
        }

        var bound = Math.Sqrt(3.0 / shape.Skip(1).Aggregate(1L, (count, size) => count * size));
        return Uniform(name, shape, -bound, bound);
    }

    private static ulong SeedOf(string name) =>
        Encoding.UTF8.GetBytes(name).Aggregate(0xCBF29CE484222325UL, (seed, value) => (seed ^ value) * 0x100000001B3UL);
}

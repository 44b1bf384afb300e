using VitLab.Kernels;
using VitLab.Kernels.Simd;

namespace VitLab.Tests.Kernels;

/// <summary>What the kernel tests share: seeded numbers, every path, and comparison with a reasoned tolerance.</summary>
internal static class KernelCheck
{
    /// <summary>Half a unit in the last place of 1, the rounding error of one float operation.</summary>
    public const double Rounding = 1.0 / (1 << 24);

    public static float[] Random(int length, int seed, double low = -1, double high = 1)
    {
        var random = new Random(seed);
        var values = new float[length];
        for (var i = 0; i < length; i++) values[i] = (float)(low + (high - low) * random.NextDouble());
        return values;
    }

    public static double[] Doubles(ReadOnlySpan<float> values)
    {
        var doubles = new double[values.Length];
        for (var i = 0; i < values.Length; i++) doubles[i] = values[i];
        return doubles;
    }

    public static double[] Magnitudes(ReadOnlySpan<float> values)
    {
        var doubles = Doubles(values);
        for (var i = 0; i < doubles.Length; i++) doubles[i] = Math.Abs(doubles[i]);
        return doubles;
    }

    /// <summary>Runs the check at every register width the machine has, cut for one, two and three workers.</summary>
    public static void OnEveryPath(Action check)
    {
        try
        {
            foreach (var width in new[] { 16, 8, 4, 1 })
                foreach (var workers in new[] { 1, 2, 3 })
                {
                    if (width > LaneWidth.Widest) continue;
                    LaneWidth.Limit(width);
                    Workers.Pretend(workers);
                    check();
                }
        }
        finally
        {
            LaneWidth.Limit(0);
            Workers.Pretend(0);
        }
    }

    /// <summary>|actual − expected| ≤ tolerance[i], element by element; NaN and infinities must be the same.</summary>
    public static void Close(ReadOnlySpan<float> actual, ReadOnlySpan<double> expected, Func<int, double> tolerance, string what = "value")
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < actual.Length; i++)
        {
            if (double.IsNaN(expected[i]) && float.IsNaN(actual[i])) continue;
            if (double.IsInfinity(expected[i]) && actual[i] == expected[i]) continue;
            var off = Math.Abs(actual[i] - expected[i]);
            if (off != 0 && !(off <= tolerance(i))) Assert.Fail($"{what} {i} of {actual.Length}: {actual[i]:R}, expected {expected[i]:R}, off by {off:E2}, allowed {tolerance(i):E2} (width {LaneWidth.Floats})");
        }
    }

    /// <summary>Within <paramref name="relative"/> of the largest expected magnitude (at least <paramref name="floor"/>).</summary>
    public static void Close(ReadOnlySpan<float> actual, ReadOnlySpan<double> expected, double relative, double floor = 0, string what = "value")
    {
        foreach (var v in expected)
            if (double.IsFinite(v)) floor = Math.Max(floor, Math.Abs(v));
        Close(actual, expected, _ => relative * floor, what);
    }

    /// <summary>What accumulating into these values must give.</summary>
    public static double[] Sum(ReadOnlySpan<double> a, ReadOnlySpan<float> b)
    {
        var sum = new double[a.Length];
        for (var i = 0; i < sum.Length; i++) sum[i] = a[i] + b[i];
        return sum;
    }
}

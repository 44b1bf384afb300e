namespace VitLab.Kernels;

/// <summary>Random numbers as a function of (seed, index): any part of a stream can be made anew, in any order.</summary>
public static class RandomKernel
{
    private const ulong Golden = 0x9E3779B97F4A7C15; // 2^64 divided by the golden ratio: the step of splitmix64

    /// <summary>Uniform in [0, 1) from the stream's elements offset, offset + 1, …</summary>
    public static void Uniform(Span<float> x, ulong seed, ulong offset)
    {
        for (var i = 0; i < x.Length; i++) x[i] = (Hash(seed, offset + (ulong)i) >> 40) * (1f / (1 << 24));
    }

    /// <summary>Standard normal (Box–Muller) from the stream's elements offset, offset + 1, …</summary>
    public static void Normal(Span<float> x, ulong seed, ulong offset)
    {
        for (var i = 0; i < x.Length; i++)
        {
            var hash = Hash(seed, offset + (ulong)i);
            var u = ((hash >> 32) + 1.0) / 4294967296.0; // (0, 1]: the logarithm needs no zero
            var angle = 2 * Math.PI * (uint)hash / 4294967296.0;
            x[i] = (float)(Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(angle));
        }
    }

    /// <summary>64 random bits of (seed, index).</summary>
    internal static ulong Hash(ulong seed, ulong index) => Scatter(Scatter(seed) + index * Golden);

    /// <summary>splitmix64's next value: a bijection of 64 bits that looks random (Steele, Lea, Flood 2014).</summary>
    internal static ulong Scatter(ulong z)
    {
        z += Golden;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

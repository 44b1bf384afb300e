namespace VitLab.Kernels;

/// <summary>Random numbers as a function of (seed, index): any part of a stream can be made anew, in any order.</summary>
public static class RandomKernel
{
    /// <summary>Uniform in [0, 1) from the stream's elements offset, offset + 1, …</summary>
    public static void Uniform(Span<float> x, ulong seed, ulong offset)
    {
        for (var i = 0; i < x.Length; i++) x[i] = (Hash(seed, offset + (ulong)i) >> 8) * (1f / (1 << 24));
    }

    /// <summary>Standard normal (Box–Muller) from the stream's elements offset, offset + 1, …</summary>
    public static void Normal(Span<float> x, ulong seed, ulong offset)
    {
        for (var i = 0; i < x.Length; i++)
        {
            var u = (Hash(seed, offset + (ulong)i) + 1.0) / 4294967297.0;
            var angle = 2 * Math.PI * Hash(~seed, offset + (ulong)i) / 4294967296.0;
            x[i] = (float)(Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(angle));
        }
    }

    // 32 random bits of (seed, index): splitmix64's finaliser over a Weyl sequence.
    internal static uint Hash(ulong seed, ulong index)
    {
        var z = seed + (index + 1) * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (uint)((z ^ (z >> 31)) >> 32);
    }
}

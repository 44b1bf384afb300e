namespace VitLab.Vision;

/// <summary>A small deterministic generator (SplitMix64: Steele, Lea, Flood 2014), the same on every machine and free of allocation.</summary>
internal struct SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Mixes a stream number into a seed, so that neighbouring streams have nothing in common.</summary>
    public static ulong Mix(ulong seed, ulong stream) => Finish(seed + (0x9E3779B97F4A7C15UL * (Finish(stream + 0x632BE59BD9B4E019UL) | 1)));

    public ulong Next() => Finish(_state += 0x9E3779B97F4A7C15UL);

    /// <summary>Uniform in [0, 1).</summary>
    public float Uniform() => (Next() >> 40) * (1f / (1 << 24));

    /// <summary>Uniform in [low, high).</summary>
    public float Uniform(float low, float high) => low + (Uniform() * (high - low));

    /// <summary>Uniform in [-extent, extent).</summary>
    public float Around(float extent) => Uniform(-extent, extent);

    public bool Chance(float probability) => Uniform() < probability;

    /// <summary>Uniform in 0 … count - 1.</summary>
    public int Below(int count) => (int)(((Next() >> 32) * (ulong)count) >> 32);

    /// <summary>Standard normal, from four uniforms (Irwin–Hall): bounded by ±3.5, so no stray outliers.</summary>
    public float Normal()
    {
        var bits = Next();
        var sum = (bits & 0xFFFF) + ((bits >> 16) & 0xFFFF) + ((bits >> 32) & 0xFFFF) + (bits >> 48);
        return ((sum / 65535f) - 2) * 1.7320508f;
    }

    private static ulong Finish(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}

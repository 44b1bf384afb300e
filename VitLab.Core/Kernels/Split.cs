namespace VitLab.Kernels;

/// <summary>A part's share of a range: First..End-1.</summary>
internal readonly record struct Split(int First, int End)
{
    public int Length => End - First;

    /// <summary>Part <paramref name="part"/> of <paramref name="parts"/> of 0..count-1, beginning at a multiple of <paramref name="grain"/>; may be empty.</summary>
    public static Split Of(int count, int part, int parts, int grain)
    {
        var grains = (count + grain - 1) / grain;
        return new((int)((long)grains * part / parts) * grain, Math.Min(count, (int)((long)grains * (part + 1) / parts) * grain));
    }
}

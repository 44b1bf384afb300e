using System.Runtime.Intrinsics;

namespace VitLab.Kernels.Simd;

/// <summary>Which register width the kernels run at.</summary>
internal static class LaneWidth
{
    [ThreadStatic]
    private static int t_limit;

    /// <summary>Floats in the widest register the machine is fast with.</summary>
    public static int Widest { get; } =
        Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : Vector128.IsHardwareAccelerated ? 4 : 1;

    /// <summary>Floats in a register for kernels called by this thread.</summary>
    public static int Floats => t_limit == 0 ? Widest : Math.Min(t_limit, Widest);

    /// <summary>Holds this thread's kernels to narrower registers (8, 4 or 1 floats; 0: no limit), so that the narrow paths can be tested on a wide machine.</summary>
    public static void Limit(int floats) => t_limit = floats;
}

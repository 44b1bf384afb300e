using System.Runtime.CompilerServices;

namespace VitLab.Kernels.Simd;

/// <summary>How the compiler must treat the inner loops.</summary>
internal static class Hot
{
    /// <summary>
    /// A method that is a hot loop: fully optimised at once, and never inlined. Inlined into a caller that is compiled anew from its profile, the loop's
    /// own calls no longer fit the inlining budget, and it becomes ten times slower after some seconds.
    /// </summary>
    public const MethodImplOptions Loop = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;
}

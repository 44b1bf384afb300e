using System.Runtime.CompilerServices;

namespace VitLab.Kernels;

/// <summary>The border between spans and pointers: inside the kernels nothing is checked, so here everything is.</summary>
internal static class Spans
{
    /// <summary>Throws unless the span holds at least the floats its shape asks for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Need(int length, long needed, string name)
    {
        if (length < needed) Throw(length, needed, name);
    }

    /// <summary>As <see cref="Need"/>, but an empty span is fine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void NeedOrNone(int length, long needed, string name)
    {
        if (length != 0 && length < needed) Throw(length, needed, name);
    }

    private static void Throw(int length, long needed, string name) => throw new ArgumentException($"{name} holds {length} values; its shape asks for {needed}.", name);
}

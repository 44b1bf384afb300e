using System.Runtime.InteropServices;

namespace VitLab.Kernels;

/// <summary>Who uses a scratch buffer. Kernels that nest use different ones.</summary>
internal enum ScratchUse
{
    /// <summary>The packed right operand of a matrix product.</summary>
    PackedB,

    /// <summary>The packed left operand.</summary>
    PackedA,

    /// <summary>Partial sums of a gradient, one for each part.</summary>
    Partials,

    /// <summary>What a fused kernel keeps for one item (a head, an image).</summary>
    Item,
}

/// <summary>Working memory of the calling thread: aligned, outside the managed heap, kept for the next call. Its content is whatever the last use left.</summary>
internal sealed unsafe class Scratch
{
    [ThreadStatic]
    private static Scratch? t_scratch;

    private readonly nint[] _buffers = new nint[4];
    private readonly long[] _sizes = new long[4];

    private Scratch()
    {
    }

    ~Scratch()
    {
        foreach (var buffer in _buffers) NativeMemory.AlignedFree((void*)buffer);
    }

    /// <summary>At least this many floats, 64-byte aligned, until the same thread asks again for the same use.</summary>
    public static float* Get(ScratchUse use, long floats)
    {
        var scratch = t_scratch ??= new Scratch();
        return scratch._sizes[(int)use] >= floats ? (float*)scratch._buffers[(int)use] : scratch.Grow((int)use, floats);
    }

    private float* Grow(int use, long floats)
    {
        NativeMemory.AlignedFree((void*)_buffers[use]);
        _sizes[use] = 0;
        _buffers[use] = (nint)NativeMemory.AlignedAlloc((nuint)floats * sizeof(float), 64);
        _sizes[use] = floats;
        return (float*)_buffers[use];
    }
}

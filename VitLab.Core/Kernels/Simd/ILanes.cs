namespace VitLab.Kernels.Simd;

/// <summary>
/// A register of floats: 16, 8, 4 or 1 of them. A kernel written over <c>T : ILanes&lt;T&gt;</c> is compiled once for each width, and its tail is
/// the same code at width 1.
/// </summary>
internal unsafe interface ILanes<T> where T : unmanaged, ILanes<T>
{
    /// <summary>Floats in a register.</summary>
    static abstract int Width { get; }

    /// <summary>Registers side by side in a tile of the matrix product: what the register file has room for beside six rows.</summary>
    static abstract int TileColumns { get; }

    static abstract T Create(float value);

    /// <summary>One float from memory in every lane: the load does the copying, which costs nothing beside the multiply-adds.</summary>
    static abstract T Broadcast(float* p);

    static abstract T Load(float* p);

    void Store(float* p);

    static abstract T operator +(T a, T b);

    static abstract T operator -(T a, T b);

    static abstract T operator *(T a, T b);

    static abstract T operator /(T a, T b);

    /// <summary>a · b + c, rounded once where the machine can.</summary>
    static abstract T MultiplyAdd(T a, T b, T c);

    /// <summary>The larger. NaN if b is; if a alone is, that is the machine's choice.</summary>
    static abstract T Max(T a, T b);

    static abstract T Abs(T a);

    /// <summary>1 / a to within two roundings, a finite and not 0.</summary>
    static abstract T Reciprocal(T a);

    static abstract T Sqrt(T a);

    /// <summary>The float whose bits are those of a, moved left by the 23 of a mantissa.</summary>
    static abstract T ShiftIntoExponent(T a);

    /// <summary><paramref name="yes"/> where a is less than b, else <paramref name="no"/> (so also where they do not compare).</summary>
    static abstract T WhereLess(T a, T b, T yes, T no);

    /// <summary>The sum of the lanes.</summary>
    float Sum();

    /// <summary>The largest lane.</summary>
    float Largest();

    /// <summary>Uniform in [0, 1) from a hash of the key and the indices index, index + 1, …: see <see cref="DropoutKernel"/>.</summary>
    static abstract T Uniform(uint index, uint key0, uint key1);
}

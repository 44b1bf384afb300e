namespace VitLab.Kernels;

/// <summary>Where a (B, H, N, D) operand of attention lies: strides in floats of batch, head and token. The head dimension itself is contiguous.</summary>
public readonly record struct HeadLayout(int Batch, int Head, int Token)
{
    /// <summary>The layout of a contiguous (B, H, N, D) array.</summary>
    public static HeadLayout Contiguous(int heads, int tokens, int dimension) =>
        new(heads * tokens * dimension, tokens * dimension, dimension);
}

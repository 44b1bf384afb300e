namespace VitLab.Kernels;

/// <summary>The sizes of a two-dimensional convolution over (Batch, Channels, Height, Width).</summary>
public readonly record struct Conv2dShape(int Batch, int Channels, int Height, int Width, int OutChannels, int KernelHeight, int KernelWidth,
    int StrideHeight, int StrideWidth, int PaddingHeight, int PaddingWidth, int DilationHeight, int DilationWidth, int Groups)
{
    /// <summary>Rows of the output.</summary>
    public int OutHeight => (Height + 2 * PaddingHeight - DilationHeight * (KernelHeight - 1) - 1) / StrideHeight + 1;

    /// <summary>Columns of the output.</summary>
    public int OutWidth => (Width + 2 * PaddingWidth - DilationWidth * (KernelWidth - 1) - 1) / StrideWidth + 1;

    /// <summary>Values a kernel looks at: channels of a group × kernel height × kernel width.</summary>
    internal int Taps => Channels / Groups * KernelHeight * KernelWidth;

    /// <summary>Whether every value belongs to at most one window and every window sees all channels: a patch embedding.</summary>
    internal bool IsPatches => Groups == 1 && (KernelHeight, KernelWidth) == (StrideHeight, StrideWidth) && (PaddingHeight, PaddingWidth) == (0, 0) && (DilationHeight, DilationWidth) == (1, 1);
}

namespace VitLab.Kernels;

/// <summary>The sizes of a two-dimensional convolution over (Batch, Channels, Height, Width).</summary>
public readonly record struct Conv2dShape(int Batch, int Channels, int Height, int Width, int OutChannels, int KernelHeight, int KernelWidth,
    int StrideHeight, int StrideWidth, int PaddingHeight, int PaddingWidth, int DilationHeight, int DilationWidth, int Groups)
{
    /// <summary>Rows of the output.</summary>
    public int OutHeight => (Height + 2 * PaddingHeight - DilationHeight * (KernelHeight - 1) - 1) / StrideHeight + 1;

    /// <summary>Columns of the output.</summary>
    public int OutWidth => (Width + 2 * PaddingWidth - DilationWidth * (KernelWidth - 1) - 1) / StrideWidth + 1;
}

/// <summary>y[b, o, i, j] = bias[o] + Σ w[o, c, u, v] x[b, c, i·stride + u·dilation − padding, …], zero outside the image. Backward reads x and w.</summary>
public static class Conv2dKernel
{
    /// <param name="x">(B, C, H, W).</param>
    /// <param name="w">(O, C / groups, KH, KW).</param>
    /// <param name="b">(O), or empty for none.</param>
    /// <param name="y">(B, O, OH, OW), overwritten.</param>
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> b, Span<float> y, Conv2dShape shape)
    {
        y.Clear();
        foreach (var (o, image, weight, output) in new Taps(shape)) y[output] += x[image] * w[weight];
        var area = shape.OutHeight * shape.OutWidth;
        for (var i = 0; i < y.Length && !b.IsEmpty; i++) y[i] += b[i / area % shape.OutChannels];
    }

    /// <summary>dx (added to when <paramref name="accumulate"/>), dw and db (always added to). An empty gradient span is not wanted.</summary>
    public static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> dy, Span<float> dx, Span<float> dw, Span<float> db, Conv2dShape shape, bool accumulate)
    {
        if (!accumulate) dx.Clear();
        foreach (var (o, image, weight, output) in new Taps(shape))
        {
            if (!dx.IsEmpty) dx[image] += dy[output] * w[weight];
            if (!dw.IsEmpty) dw[weight] += dy[output] * x[image];
        }
        var area = shape.OutHeight * shape.OutWidth;
        for (var i = 0; i < dy.Length && !db.IsEmpty; i++) db[i / area % shape.OutChannels] += dy[i];
    }

    private readonly struct Taps(Conv2dShape s)
    {
        public IEnumerator<(int OutChannel, int Image, int Weight, int Output)> GetEnumerator()
        {
            int perGroup = s.Channels / s.Groups, outPerGroup = s.OutChannels / s.Groups;
            for (var b = 0; b < s.Batch; b++)
                for (var o = 0; o < s.OutChannels; o++)
                    for (var i = 0; i < s.OutHeight; i++)
                        for (var j = 0; j < s.OutWidth; j++)
                            for (var c = 0; c < perGroup; c++)
                                for (var u = 0; u < s.KernelHeight; u++)
                                    for (var v = 0; v < s.KernelWidth; v++)
                                    {
                                        var row = i * s.StrideHeight + u * s.DilationHeight - s.PaddingHeight;
                                        var column = j * s.StrideWidth + v * s.DilationWidth - s.PaddingWidth;
                                        if ((uint)row >= (uint)s.Height || (uint)column >= (uint)s.Width) continue;
                                        var channel = o / outPerGroup * perGroup + c;
                                        yield return (o, ((b * s.Channels + channel) * s.Height + row) * s.Width + column,
                                            ((o * perGroup + c) * s.KernelHeight + u) * s.KernelWidth + v,
                                            ((b * s.OutChannels + o) * s.OutHeight + i) * s.OutWidth + j);
                                    }
        }
    }
}

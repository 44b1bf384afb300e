namespace VitLab.Kernels;

/// <summary>The sizes of a two-dimensional pooling over (Planes = batch · channels, Height, Width).</summary>
public readonly record struct Pool2dShape(int Planes, int Height, int Width, int KernelHeight, int KernelWidth, int StrideHeight, int StrideWidth,
    int PaddingHeight, int PaddingWidth, int DilationHeight, int DilationWidth, bool CeilMode)
{
    /// <summary>Rows of the output.</summary>
    public int OutHeight => Out(Height, KernelHeight, StrideHeight, PaddingHeight, DilationHeight);

    /// <summary>Columns of the output.</summary>
    public int OutWidth => Out(Width, KernelWidth, StrideWidth, PaddingWidth, DilationWidth);

    private int Out(int size, int kernel, int stride, int padding, int dilation)
    {
        var room = size + 2 * padding - dilation * (kernel - 1) - 1;
        var count = (room + (CeilMode ? stride - 1 : 0)) / stride + 1;
        // As PyTorch: the last window must start inside the image or its left padding.
        return CeilMode && (count - 1) * stride >= size + padding ? count - 1 : count;
    }
}

/// <summary>y = the largest value of each window. Saves the winner's index in its plane, which is all that backward reads.</summary>
public static class MaxPool2dKernel
{
    /// <param name="x">(planes, H, W).</param>
    /// <param name="y">(planes, OH, OW).</param>
    /// <param name="indices">(planes, OH, OW): row · W + column of the winner.</param>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y, Span<int> indices, Pool2dShape shape)
    {
        var at = 0;
        for (var plane = 0; plane < shape.Planes; plane++)
            for (var i = 0; i < shape.OutHeight; i++)
                for (var j = 0; j < shape.OutWidth; j++, at++)
                {
                    var image = x.Slice(plane * shape.Height * shape.Width, shape.Height * shape.Width);
                    var best = -1;
                    for (var u = 0; u < shape.KernelHeight; u++)
                        for (var v = 0; v < shape.KernelWidth; v++)
                        {
                            var row = i * shape.StrideHeight + u * shape.DilationHeight - shape.PaddingHeight;
                            var column = j * shape.StrideWidth + v * shape.DilationWidth - shape.PaddingWidth;
                            if ((uint)row >= (uint)shape.Height || (uint)column >= (uint)shape.Width) continue;
                            var candidate = row * shape.Width + column;
                            if (best < 0 || image[candidate] > image[best] || float.IsNaN(image[candidate])) best = candidate;
                        }
                    indices[at] = best;
                    y[at] = image[best];
                }
    }

    /// <summary>dx[winner] += dy; elsewhere nothing.</summary>
    public static void Backward(ReadOnlySpan<float> dy, ReadOnlySpan<int> indices, Span<float> dx, Pool2dShape shape, bool accumulate)
    {
        if (!accumulate) dx.Clear();
        var area = shape.OutHeight * shape.OutWidth;
        for (var i = 0; i < dy.Length; i++) dx[i / area * shape.Height * shape.Width + indices[i]] += dy[i];
    }
}

namespace VitLab.Kernels;

/// <summary>An image's channels of one group as a matrix (taps, output positions), and back.</summary>
internal static unsafe class Conv2dUnfolding
{
    /// <summary>Where the channels of an image's group begin.</summary>
    public static float* Group(float* images, Conv2dShape s, nint image, nint group) =>
        images + (image * s.Channels + group * (s.Channels / s.Groups)) * s.Height * s.Width;

    /// <summary>matrix[(c, u, v), (i, j)] = x[c, i·stride + u·dilation − padding, …], 0 outside the image.</summary>
    public static void Unfold(Conv2dShape s, float* x, float* matrix)
    {
        int outWidth = s.OutWidth, outHeight = s.OutHeight;
        for (var c = 0; c < s.Channels / s.Groups; c++, x += (nint)s.Height * s.Width)
            for (var u = 0; u < s.KernelHeight; u++)
                for (var v = 0; v < s.KernelWidth; v++)
                {
                    var (first, end) = Inside(s, v, outWidth);
                    for (var i = 0; i < outHeight; i++, matrix += outWidth)
                    {
                        var row = i * s.StrideHeight + u * s.DilationHeight - s.PaddingHeight;
                        if ((uint)row >= (uint)s.Height || first >= end)
                        {
                            new Span<float>(matrix, outWidth).Clear();
                            continue;
                        }
                        var from = x + (nint)row * s.Width + v * s.DilationWidth - s.PaddingWidth;
                        if (first > 0) new Span<float>(matrix, first).Clear();
                        if (s.StrideWidth == 1) new ReadOnlySpan<float>(from + first, end - first).CopyTo(new(matrix + first, end - first));
                        else
                            for (var j = first; j < end; j++) matrix[j] = from[(nint)j * s.StrideWidth];
                        if (end < outWidth) new Span<float>(matrix + end, outWidth - end).Clear();
                    }
                }
    }

    /// <summary>Adds the matrix back into the image: the transpose of <see cref="Unfold"/>.</summary>
    public static void Fold(Conv2dShape s, float* matrix, float* x)
    {
        int outWidth = s.OutWidth, outHeight = s.OutHeight;
        for (var c = 0; c < s.Channels / s.Groups; c++, x += (nint)s.Height * s.Width)
            for (var u = 0; u < s.KernelHeight; u++)
                for (var v = 0; v < s.KernelWidth; v++)
                {
                    var (first, end) = Inside(s, v, outWidth);
                    for (var i = 0; i < outHeight; i++, matrix += outWidth)
                    {
                        var row = i * s.StrideHeight + u * s.DilationHeight - s.PaddingHeight;
                        if ((uint)row >= (uint)s.Height) continue;
                        var to = x + (nint)row * s.Width + v * s.DilationWidth - s.PaddingWidth;
                        for (var j = first; j < end; j++) to[(nint)j * s.StrideWidth] += matrix[j];
                    }
                }
    }

    // The output columns whose tap v lies inside the image.
    private static (int First, int End) Inside(Conv2dShape s, int v, int outWidth)
    {
        var offset = v * s.DilationWidth - s.PaddingWidth;
        var first = offset >= 0 ? 0 : (-offset + s.StrideWidth - 1) / s.StrideWidth;
        var end = s.Width - offset <= 0 ? 0 : Math.Min(outWidth, (s.Width - offset - 1) / s.StrideWidth + 1);
        return (Math.Min(first, outWidth), end);
    }
}

using VitLab.Kernels.Simd;

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

/// <summary>y = the largest value of each window, NaN if one is. Saves the winner's index in its plane, which is all that backward reads.</summary>
public static unsafe class MaxPool2dKernel
{
    /// <param name="x">(planes, H, W).</param>
    /// <param name="y">(planes, OH, OW).</param>
    /// <param name="indices">(planes, OH, OW): row · W + column of the winner, -1 where a window lies in the padding altogether.</param>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y, Span<int> indices, Pool2dShape shape)
    {
        Spans.Need(x.Length, (long)shape.Planes * shape.Height * shape.Width, nameof(x));
        Spans.Need(y.Length, OutputLength(shape), nameof(y));
        Spans.Need(indices.Length, OutputLength(shape), nameof(indices));
        fixed (float* px = x, py = y)
        fixed (int* pindices = indices)
        {
            var job = new Job { X = px, Y = py, Indices = pindices, Shape = shape };
            Workers.Run(Workers.PartsFor(OutputLength(shape) * shape.KernelHeight * shape.KernelWidth * 20, shape.Planes), ref job);
        }
    }

    /// <summary>dx[winner] += dy; elsewhere nothing, or 0 when not accumulating.</summary>
    public static void Backward(ReadOnlySpan<float> dy, ReadOnlySpan<int> indices, Span<float> dx, Pool2dShape shape, bool accumulate)
    {
        Spans.Need(dy.Length, OutputLength(shape), nameof(dy));
        Spans.Need(indices.Length, OutputLength(shape), nameof(indices));
        Spans.Need(dx.Length, (long)shape.Planes * shape.Height * shape.Width, nameof(dx));
        if (!accumulate) dx[..(shape.Planes * shape.Height * shape.Width)].Clear();
        int area = shape.OutHeight * shape.OutWidth, plane = shape.Height * shape.Width;
        for (var p = 0; p < shape.Planes; p++)
        {
            var target = dx.Slice(p * plane, plane);
            for (var i = p * area; i < (p + 1) * area; i++)
                if (indices[i] >= 0) target[indices[i]] += dy[i];
        }
    }

    private static long OutputLength(Pool2dShape s) => (long)s.Planes * s.OutHeight * s.OutWidth;

    private struct Job : IParts
    {
        public float* X, Y;
        public int* Indices;
        public Pool2dShape Shape;

        public readonly void Run<T>(int part, int parts) where T : unmanaged, ILanes<T>
        {
            int outHeight = Shape.OutHeight, outWidth = Shape.OutWidth;
            var share = Split.Of(Shape.Planes, part, parts, 1);
            var at = (nint)share.First * outHeight * outWidth;
            for (var plane = share.First; plane < share.End; plane++)
                for (var i = 0; i < outHeight; i++)
                    for (var j = 0; j < outWidth; j++, at++)
                    {
                        var image = X + (nint)plane * Shape.Height * Shape.Width;
                        var best = Winner(image, i * Shape.StrideHeight - Shape.PaddingHeight, j * Shape.StrideWidth - Shape.PaddingWidth);
                        Indices[at] = best;
                        Y[at] = best < 0 ? float.NegativeInfinity : image[best];
                    }
        }

        private readonly int Winner(float* image, int top, int left)
        {
            var best = -1;
            for (var u = 0; u < Shape.KernelHeight; u++)
                for (var v = 0; v < Shape.KernelWidth; v++)
                {
                    int row = top + u * Shape.DilationHeight, column = left + v * Shape.DilationWidth;
                    if ((uint)row >= (uint)Shape.Height || (uint)column >= (uint)Shape.Width) continue;
                    var candidate = row * Shape.Width + column;
                    if (best < 0 || image[candidate] > image[best] || float.IsNaN(image[candidate])) best = candidate;
                }
            return best;
        }
    }
}

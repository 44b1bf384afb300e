using VitLab.Kernels.Simd;

namespace VitLab.Kernels;

/// <summary>
/// y[b, o, i, j] = bias[o] + Σ w[o, c, u, v] x[b, c, i·stride + u·dilation − padding, …], zero outside the image. Backward reads x and w.
/// Each image is unfolded into (taps, positions), so that the convolution is a matrix product, and each worker takes whole images. Where kernel and
/// stride agree (patch embedding) <see cref="Conv2dPatches"/> does it, several images at a time.
/// </summary>
public static unsafe class Conv2dKernel
{
    /// <param name="x">(B, C, H, W).</param>
    /// <param name="w">(O, C / groups, KH, KW).</param>
    /// <param name="b">(O), or empty for none.</param>
    /// <param name="y">(B, O, OH, OW), overwritten.</param>
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> b, Span<float> y, Conv2dShape shape)
    {
        Spans.Need(x.Length, ImageLength(shape), nameof(x));
        Spans.Need(w.Length, WeightLength(shape), nameof(w));
        Spans.NeedOrNone(b.Length, shape.OutChannels, nameof(b));
        Spans.Need(y.Length, OutputLength(shape), nameof(y));
        fixed (float* px = x, pw = w, pb = b, py = y)
        {
            var job = new ForwardJob { X = px, W = pw, B = pb, Y = py, Shape = shape };
            Workers.Run(Workers.PartsFor(OutputLength(shape) * shape.Taps, shape.Batch), ref job);
        }
    }

    /// <summary>dx (added to when <paramref name="accumulate"/>), dw and db (always added to). An empty gradient span is not wanted.</summary>
    public static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> dy, Span<float> dx, Span<float> dw, Span<float> db, Conv2dShape shape, bool accumulate)
    {
        Spans.Need(dy.Length, OutputLength(shape), nameof(dy));
        if (!dw.IsEmpty) Spans.Need(x.Length, ImageLength(shape), nameof(x));
        if (!dx.IsEmpty) Spans.Need(w.Length, WeightLength(shape), nameof(w));
        Spans.NeedOrNone(dx.Length, ImageLength(shape), nameof(dx));
        Spans.NeedOrNone(dw.Length, WeightLength(shape), nameof(dw));
        Spans.NeedOrNone(db.Length, shape.OutChannels, nameof(db));
        fixed (float* px = x, pw = w, pdy = dy, pdx = dx, pdw = dw, pdb = db)
        {
            var weights = (int)WeightLength(shape);
            var parts = Workers.SumPartsFor(2 * OutputLength(shape) * shape.Taps, shape.Batch);
            // Each part sums the parameters' gradients in a row of its own: dw, then db.
            var stride = weights + shape.OutChannels;
            var partials = Scratch.Get(ScratchUse.Partials, (long)parts * stride);
            var job = new BackwardJob
            {
                X = px, W = pw, Dy = pdy, Dx = pdx, Partials = partials, PartialStride = stride, Weights = weights,
                WantsDw = pdw != null, WantsDb = pdb != null, Shape = shape, Accumulate = accumulate,
            };
            Workers.Run(parts, ref job);
            for (nint p = 0; p < parts; p++)
            {
                if (pdw != null) ElementwiseKernel.Accumulate(new(partials + p * stride, weights), dw);
                if (pdb != null) ElementwiseKernel.Accumulate(new(partials + p * stride + weights, shape.OutChannels), db);
            }
        }
    }

    private static long ImageLength(Conv2dShape s) => (long)s.Batch * s.Channels * s.Height * s.Width;

    private static long WeightLength(Conv2dShape s) => (long)s.OutChannels * s.Taps;

    private static long OutputLength(Conv2dShape s) => (long)s.Batch * s.OutChannels * s.OutHeight * s.OutWidth;

    internal struct ForwardJob : IParts
    {
        public float* X, W, B, Y;
        public Conv2dShape Shape;

        public readonly void Run<T>(int part, int parts) where T : unmanaged, ILanes<T>
        {
            if (Shape.IsPatches)
            {
                Conv2dPatches.Run<T>(this, part, parts);
                return;
            }
            int area = Shape.OutHeight * Shape.OutWidth, taps = Shape.Taps, outs = Shape.OutChannels / Shape.Groups;
            var unfolded = Scratch.Get(ScratchUse.Item, (long)taps * area);
            var share = Split.Of(Shape.Batch, part, parts, 1);
            for (nint i = share.First; i < share.End; i++)
                for (var g = 0; g < Shape.Groups; g++)
                {
                    var y = Y + (i * Shape.OutChannels + (nint)g * outs) * area;
                    for (var o = 0; o < outs; o++) new Span<float>(y + (nint)o * area, area).Fill(B == null ? 0 : B[g * outs + o]);
                    Conv2dUnfolding.Unfold(Shape, Conv2dUnfolding.Group(X, Shape, i, g), unfolded);
                    GemmSerial.Multiply<T>(false, false, outs, area, taps, W + (nint)g * outs * taps, taps, unfolded, area, y, area, y, area);
                }
        }
    }

    internal struct BackwardJob : IParts
    {
        public float* X, W, Dy, Dx, Partials;
        public int PartialStride, Weights;
        public bool WantsDw, WantsDb, Accumulate;
        public Conv2dShape Shape;

        public readonly void Run<T>(int part, int parts) where T : unmanaged, ILanes<T>
        {
            if (Shape.IsPatches)
            {
                Conv2dPatches.Run<T>(this, part, parts);
                return;
            }
            int area = Shape.OutHeight * Shape.OutWidth, taps = Shape.Taps, outs = Shape.OutChannels / Shape.Groups;
            var unfolded = Scratch.Get(ScratchUse.Item, (long)taps * area);
            float* dw = Partials + (nint)part * PartialStride, db = dw + Weights;
            new Span<float>(dw, PartialStride).Clear();
            var share = Split.Of(Shape.Batch, part, parts, 1);
            for (nint i = share.First; i < share.End; i++)
                for (var g = 0; g < Shape.Groups; g++)
                {
                    var dy = Dy + (i * Shape.OutChannels + (nint)g * outs) * area;
                    var weights = (nint)g * outs * taps;
                    if (WantsDw)
                    {
                        Conv2dUnfolding.Unfold(Shape, Conv2dUnfolding.Group(X, Shape, i, g), unfolded);
                        GemmSerial.Multiply<T>(false, true, outs, taps, area, dy, area, unfolded, area, dw + weights, taps, dw + weights, taps);
                    }
                    if (WantsDb)
                        for (var o = 0; o < outs; o++) db[g * outs + o] += Total<T>(dy + (nint)o * area, area);
                    if (Dx == null) continue;
                    var dx = Conv2dUnfolding.Group(Dx, Shape, i, g);
                    if (!Accumulate) new Span<float>(dx, Shape.Channels / Shape.Groups * Shape.Height * Shape.Width).Clear();
                    GemmSerial.Multiply<T>(true, false, taps, area, outs, W + weights, taps, dy, area, null, 0, unfolded, area);
                    Conv2dUnfolding.Fold(Shape, unfolded, dx);
                }
        }
    }

    internal static float Total<T>(float* x, int count) where T : unmanaged, ILanes<T>
    {
        var lanes = T.Create(0);
        var i = 0;
        for (; i <= count - T.Width; i += T.Width) lanes += T.Load(x + i);
        var sum = lanes.Sum();
        for (; i < count; i++) sum += x[i];
        return sum;
    }
}

using VitLab.Kernels.Simd;

namespace VitLab.Kernels;

/// <summary>y = x wᵀ + b, w stored (out, in). Backward reads x and w.</summary>
public static unsafe class LinearKernel
{
    // A weight gradient up to this size is summed in parts of rows, each into a buffer of its own; a larger one in parts of the gradient.
    private const int MostSummedInParts = 64 * 1024;

    private const int ChunkRows = 128; // rows whose x, dy and dx stay in the second-level cache while all three gradients use them

    /// <param name="x">(rows, in).</param>
    /// <param name="w">(out, in).</param>
    /// <param name="b">(out), or empty for none.</param>
    /// <param name="y">(rows, out), overwritten.</param>
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> b, Span<float> y, int rows, int inFeatures, int outFeatures) =>
        GemmKernel.Multiply(false, true, rows, outFeatures, inFeatures, x, inFeatures, w, inFeatures, y, outFeatures, accumulate: false, b);

    /// <summary>dx = dy w; dw += dyᵀ x; db += column sums of dy. An empty gradient span is not wanted.</summary>
    /// <param name="accumulate">Whether dx is added to; dw and db always are.</param>
    public static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> dy, Span<float> dx, Span<float> dw, Span<float> db,
        int rows, int inFeatures, int outFeatures, bool accumulate)
    {
        Spans.Need(dy.Length, (long)rows * outFeatures, nameof(dy));
        if (!dw.IsEmpty) Spans.Need(x.Length, (long)rows * inFeatures, nameof(x));
        if (!dx.IsEmpty) Spans.Need(w.Length, (long)outFeatures * inFeatures, nameof(w));
        Spans.NeedOrNone(dx.Length, (long)rows * inFeatures, nameof(dx));
        Spans.NeedOrNone(dw.Length, (long)outFeatures * inFeatures, nameof(dw));
        Spans.NeedOrNone(db.Length, outFeatures, nameof(db));
        if (rows <= 0 || inFeatures <= 0 || outFeatures <= 0) return;
        fixed (float* px = x, pw = w, pdy = dy, pdx = dx, pdw = dw, pdb = db)
        {
            var job = new BackwardJob { X = px, W = pw, Dy = pdy, Dx = pdx, Dw = pdw, Db = pdb, Rows = rows, In = inFeatures, Out = outFeatures, Accumulate = accumulate };
            if ((long)inFeatures * outFeatures > MostSummedInParts) BackwardLarge(ref job);
            else BackwardSmall(ref job);
        }
    }

    private static void BackwardSmall(ref BackwardJob job)
    {
        var parts = Workers.SumPartsFor(2L * job.Rows * job.In * job.Out, (job.Rows + GemmTile.Rows - 1) / GemmTile.Rows);
        job.Weights = job.In * job.Out;
        job.PartialStride = (job.Weights + job.Out + 15) / 16 * 16;
        if (parts > 1) job.Partials = Scratch.Get(ScratchUse.Partials, (long)(parts - 1) * job.PartialStride);
        job.WholeRows = true;
        Workers.Run(parts, ref job);
        for (var p = 0; p < parts - 1; p++)
        {
            var partial = job.Partials + (nint)p * job.PartialStride;
            if (job.Dw != null) ElementwiseKernel.Accumulate(new(partial, job.Weights), new(job.Dw, job.Weights));
            if (job.Db != null) ElementwiseKernel.Accumulate(new(partial + job.Weights, job.Out), new(job.Db, job.Out));
        }
    }

    private static void BackwardLarge(ref BackwardJob job)
    {
        if (job.Dx != null)
            GemmKernel.Multiply(false, false, job.Rows, job.In, job.Out, job.Dy, job.Out, job.W, job.In, job.Accumulate ? job.Dx : null, job.In, job.Dx, job.In);
        if (job.Dw != null)
            GemmKernel.Multiply(true, false, job.Out, job.In, job.Rows, job.Dy, job.Out, job.X, job.In, job.Dw, job.In, job.Dw, job.In);
        if (job.Db != null)
            Workers.Run(Workers.PartsFor((long)job.Rows * job.Out, (job.Out + 63) / 64), ref job);
    }

    private struct BackwardJob : IParts
    {
        public float* X, W, Dy, Dx, Dw, Db, Partials;
        public int Rows, In, Out, Weights, PartialStride;
        public bool Accumulate, WholeRows;

        public readonly void Run<T>(int part, int parts) where T : unmanaged, ILanes<T>
        {
            if (!WholeRows)
            {
                var columns = Split.Of(Out, part, parts, 64);
                ColumnSums<T>(Dy + columns.First, Rows, columns.Length, Out, Db + columns.First);
                return;
            }
            var share = Split.Of(Rows, part, parts, GemmTile.Rows);
            float* dw = Dw, db = Db;
            if (part > 0)
            {
                dw = Partials + (nint)(part - 1) * PartialStride;
                db = dw + Weights;
                new Span<float>(dw, PartialStride).Clear();
            }
            for (var first = share.First; first < share.End; first += ChunkRows)
            {
                var rows = Math.Min(ChunkRows, share.End - first);
                var dy = Dy + (nint)first * Out;
                if (Dx != null)
                {
                    var dx = Dx + (nint)first * In;
                    GemmSerial.Multiply<T>(false, false, rows, In, Out, dy, Out, W, In, Accumulate ? dx : null, In, dx, In);
                }
                if (Dw != null) GemmSerial.Multiply<T>(true, false, Out, In, rows, dy, Out, X + (nint)first * In, In, dw, In, dw, In);
                if (Db != null) ColumnSums<T>(dy, rows, Out, Out, db);
            }
        }
    }

    /// <summary>sums[j] += Σ over rows of x[i, j].</summary>
    internal static void ColumnSums<T>(float* x, int rows, int columns, nint stride, float* sums) where T : unmanaged, ILanes<T>
    {
        var j = 0;
        for (; j <= columns - 4 * T.Width; j += 4 * T.Width)
        {
            T a = T.Load(sums + j), b = T.Load(sums + j + T.Width), c = T.Load(sums + j + 2 * T.Width), d = T.Load(sums + j + 3 * T.Width);
            var p = x + j;
            for (var i = 0; i < rows; i++, p += stride)
            {
                a += T.Load(p);
                b += T.Load(p + T.Width);
                c += T.Load(p + 2 * T.Width);
                d += T.Load(p + 3 * T.Width);
            }
            a.Store(sums + j);
            b.Store(sums + j + T.Width);
            c.Store(sums + j + 2 * T.Width);
            d.Store(sums + j + 3 * T.Width);
        }
        for (; j <= columns - T.Width; j += T.Width)
        {
            var a = T.Load(sums + j);
            for (nint i = 0; i < rows; i++) a += T.Load(x + i * stride + j);
            a.Store(sums + j);
        }
        for (; j < columns; j++)
        {
            var sum = sums[j];
            for (nint i = 0; i < rows; i++) sum += x[i * stride + j];
            sums[j] = sum;
        }
    }
}

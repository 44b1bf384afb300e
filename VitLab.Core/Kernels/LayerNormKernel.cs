using System.Runtime.CompilerServices;
using VitLab.Kernels.Simd;

namespace VitLab.Kernels;

/// <summary>y = (x − mean) · rstd · w + b over the last dimension. Saves mean and rstd; backward also reads x and w.</summary>
public static unsafe class LayerNormKernel
{
    private const int Cost = 8;

    /// <param name="x">(rows, D).</param>
    /// <param name="w">(D), or empty for ones.</param>
    /// <param name="b">(D), or empty for zeros.</param>
    /// <param name="mean">(rows), saved; rstd likewise.</param>
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> b, Span<float> y, Span<float> mean, Span<float> rstd, int rows, int D, float eps)
    {
        Need(x.Length, w.Length, mean.Length, rstd.Length, rows, D);
        Spans.NeedOrNone(b.Length, D, nameof(b));
        Spans.Need(y.Length, (long)rows * D, nameof(y));
        fixed (float* px = x, pw = w, pb = b, py = y, pmean = mean, prstd = rstd)
        {
            var job = new ForwardJob { X = px, W = pw, B = pb, Y = py, Mean = pmean, Rstd = prstd, Rows = rows, D = D, Eps = eps };
            Workers.Run(Workers.PartsFor((long)rows * D * Cost, rows), ref job);
        }
    }

    /// <summary>dx (added to when <paramref name="accumulate"/>), dw and db (always added to). An empty gradient span is not wanted.</summary>
    public static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> mean, ReadOnlySpan<float> rstd, ReadOnlySpan<float> dy,
        Span<float> dx, Span<float> dw, Span<float> db, int rows, int D, bool accumulate)
    {
        Need(x.Length, w.Length, mean.Length, rstd.Length, rows, D);
        Spans.Need(dy.Length, (long)rows * D, nameof(dy));
        Spans.NeedOrNone(dx.Length, (long)rows * D, nameof(dx));
        Spans.NeedOrNone(dw.Length, D, nameof(dw));
        Spans.NeedOrNone(db.Length, D, nameof(db));
        fixed (float* px = x, pw = w, pmean = mean, prstd = rstd, pdy = dy, pdx = dx, pdw = dw, pdb = db)
        {
            var parts = Workers.SumPartsFor((long)rows * D * Cost, rows);
            // Each part sums the parameters' gradients in a row of its own: dw, then db.
            var partials = Scratch.Get(ScratchUse.Partials, 2L * parts * D);
            var job = new BackwardJob { X = px, W = pw, Mean = pmean, Rstd = prstd, Dy = pdy, Dx = pdx, Partials = partials, Rows = rows, D = D, Accumulate = accumulate };
            Workers.Run(parts, ref job);
            for (nint p = 0; p < parts; p++)
            {
                if (pdw != null) ElementwiseKernel.Accumulate(new(partials + 2 * p * D, D), dw);
                if (pdb != null) ElementwiseKernel.Accumulate(new(partials + (2 * p + 1) * D, D), db);
            }
        }
    }

    private static void Need(int x, int w, int mean, int rstd, int rows, int D)
    {
        Spans.Need(x, (long)rows * D, nameof(x));
        Spans.NeedOrNone(w, D, nameof(w));
        Spans.Need(mean, rows, nameof(mean));
        Spans.Need(rstd, rows, nameof(rstd));
    }

    private struct ForwardJob : IParts
    {
        public float* X, W, B, Y, Mean, Rstd;
        public int Rows, D;
        public float Eps;

        [MethodImpl(Hot.Loop)]
        public readonly void Run<T>(int part, int parts) where T : unmanaged, ILanes<T>
        {
            var share = Split.Of(Rows, part, parts, 1);
            for (var i = share.First; i < share.End; i++)
            {
                float* x = X + (nint)i * D, y = Y + (nint)i * D;
                var mean = Sum<T>(x, D) / D;
                var rstd = 1 / MathF.Sqrt(SquaredDistance<T>(x, mean, D) / D + Eps);
                Mean[i] = mean;
                Rstd[i] = rstd;
                var d = 0;
                for (; d <= D - T.Width; d += T.Width) Normalize<T>(x, y, d, mean, rstd);
                for (; d < D; d++) Normalize<LanesScalar>(x, y, d, mean, rstd);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly void Normalize<T>(float* x, float* y, int d, float mean, float rstd) where T : unmanaged, ILanes<T>
        {
            var hat = (T.Load(x + d) - T.Create(mean)) * T.Create(rstd);
            if (W != null) hat *= T.Load(W + d);
            if (B != null) hat += T.Load(B + d);
            hat.Store(y + d);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static float Sum<T>(float* x, int count) where T : unmanaged, ILanes<T>
        {
            var lanes = T.Create(0);
            var d = 0;
            for (; d <= count - T.Width; d += T.Width) lanes += T.Load(x + d);
            var sum = lanes.Sum();
            for (; d < count; d++) sum += x[d];
            return sum;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static float SquaredDistance<T>(float* x, float mean, int count) where T : unmanaged, ILanes<T>
        {
            var lanes = T.Create(0);
            var d = 0;
            for (; d <= count - T.Width; d += T.Width)
            {
                var off = T.Load(x + d) - T.Create(mean);
                lanes = T.MultiplyAdd(off, off, lanes);
            }
            var sum = lanes.Sum();
            for (; d < count; d++) sum += (x[d] - mean) * (x[d] - mean);
            return sum;
        }
    }

    private struct BackwardJob : IParts
    {
        public float* X, W, Mean, Rstd, Dy, Dx, Partials;
        public int Rows, D;
        public bool Accumulate;

        [MethodImpl(Hot.Loop)]
        public readonly void Run<T>(int part, int parts) where T : unmanaged, ILanes<T>
        {
            float* dw = Partials + 2 * (nint)part * D, db = dw + D;
            new Span<float>(dw, 2 * D).Clear();
            var share = Split.Of(Rows, part, parts, 1);
            for (var i = share.First; i < share.End; i++)
            {
                float* x = X + (nint)i * D, dy = Dy + (nint)i * D;
                T sums = T.Create(0), dots = T.Create(0);
                var d = 0;
                for (; d <= D - T.Width; d += T.Width) Gather(x, dy, d, Mean[i], Rstd[i], dw, db, ref sums, ref dots);
                LanesScalar sum = LanesScalar.Create(sums.Sum()), dot = LanesScalar.Create(dots.Sum());
                for (; d < D; d++) Gather(x, dy, d, Mean[i], Rstd[i], dw, db, ref sum, ref dot);
                if (Dx == null) continue;

                float meanOfG = sum.Sum() / D, meanOfGHat = dot.Sum() / D;
                var dx = Dx + (nint)i * D;
                for (d = 0; d <= D - T.Width; d += T.Width) Spread<T>(x, dy, dx, d, Mean[i], Rstd[i], meanOfG, meanOfGHat);
                for (; d < D; d++) Spread<LanesScalar>(x, dy, dx, d, Mean[i], Rstd[i], meanOfG, meanOfGHat);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly void Gather<T>(float* x, float* dy, int d, float mean, float rstd, float* dw, float* db, ref T sums, ref T dots) where T : unmanaged, ILanes<T>
        {
            var hat = (T.Load(x + d) - T.Create(mean)) * T.Create(rstd);
            var g = T.Load(dy + d);
            T.MultiplyAdd(g, hat, T.Load(dw + d)).Store(dw + d);
            (g + T.Load(db + d)).Store(db + d);
            if (W != null) g *= T.Load(W + d);
            sums += g;
            dots = T.MultiplyAdd(g, hat, dots);
        }

        // dx = rstd (g − mean g − hat · mean(g · hat)), g = dy w.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly void Spread<T>(float* x, float* dy, float* dx, int d, float mean, float rstd, float meanOfG, float meanOfGHat) where T : unmanaged, ILanes<T>
        {
            var hat = (T.Load(x + d) - T.Create(mean)) * T.Create(rstd);
            var g = T.Load(dy + d);
            if (W != null) g *= T.Load(W + d);
            var t = T.Create(rstd) * (g - T.Create(meanOfG) - hat * T.Create(meanOfGHat));
            if (Accumulate) t += T.Load(dx + d);
            t.Store(dx + d);
        }
    }
}

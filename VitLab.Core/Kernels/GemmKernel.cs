using VitLab.Kernels.Simd;

namespace VitLab.Kernels;

/// <summary>C = op(A) op(B) (+ C) (+ bias), row-major, op being the identity or the transpose.</summary>
public static unsafe class GemmKernel
{
    /// <summary>
    /// c (m, n) = op(a) (m, k) · op(b) (k, n), plus what c held when <paramref name="accumulate"/>, plus <paramref name="bias"/> (n) on every row when it is given.
    /// </summary>
    /// <param name="transA">a is stored (k, m).</param>
    /// <param name="transB">b is stored (n, k).</param>
    /// <param name="lda">Floats from one stored row of a to the next; ldb and ldc likewise.</param>
    public static void Multiply(bool transA, bool transB, int m, int n, int k, ReadOnlySpan<float> a, int lda, ReadOnlySpan<float> b, int ldb,
        Span<float> c, int ldc, bool accumulate, ReadOnlySpan<float> bias = default)
    {
        if (m <= 0 || n <= 0) return;
        Spans.Need(a.Length, Extent(transA ? k : m, transA ? m : k, lda), nameof(a));
        Spans.Need(b.Length, Extent(transB ? n : k, transB ? k : n, ldb), nameof(b));
        Spans.Need(c.Length, Extent(m, n, ldc), nameof(c));
        Spans.NeedOrNone(bias.Length, n, nameof(bias));
        fixed (float* pa = a, pb = b, pc = c, pbias = bias)
        {
            if (accumulate && pbias != null)
                for (var i = 0; i < m; i++)
                    for (var j = 0; j < n; j++) pc[(nint)i * ldc + j] += pbias[j];
            if (k <= 0 && !accumulate)
                for (var i = 0; i < m; i++)
                    for (var j = 0; j < n; j++) pc[(nint)i * ldc + j] = pbias == null ? 0 : pbias[j];
            if (k <= 0) return;
            var (start, stride) = accumulate ? ((nint)pc, ldc) : ((nint)pbias, 0);
            Multiply(transA, transB, m, n, k, pa, lda, pb, ldb, (float*)start, stride, pc, ldc);
        }
    }

    /// <summary><see cref="Multiply"/> for every item of a batch; the strides say how far apart the items of a, b and c lie (0: shared).</summary>
    public static void MultiplyBatched(bool transA, bool transB, int batch, int m, int n, int k, ReadOnlySpan<float> a, int lda, int strideA,
        ReadOnlySpan<float> b, int ldb, int strideB, Span<float> c, int ldc, int strideC, bool accumulate)
    {
        if (batch <= 0 || m <= 0 || n <= 0) return;
        if (k <= 0)
        {
            for (var i = 0; i < batch; i++)
                Multiply(transA, transB, m, n, k, a, lda, b, ldb, c[(i * strideC)..], ldc, accumulate);
            return;
        }
        Spans.Need(a.Length, (batch - 1L) * strideA + Extent(transA ? k : m, transA ? m : k, lda), nameof(a));
        Spans.Need(b.Length, (batch - 1L) * strideB + Extent(transB ? n : k, transB ? k : n, ldb), nameof(b));
        Spans.Need(c.Length, (batch - 1L) * strideC + Extent(m, n, ldc), nameof(c));
        fixed (float* pa = a, pb = b, pc = c)
        {
            var work = (long)m * n * k;
            // A shared output sums over the batch, so its items must follow each other.
            if (strideC == 0 || batch < Workers.Count && Workers.PartsFor(work, int.MaxValue) > 1)
            {
                for (nint i = 0; i < batch; i++)
                    Multiply(transA, transB, m, n, k, pa + i * strideA, lda, pb + i * strideB, ldb, accumulate ? pc + i * strideC : null, ldc, pc + i * strideC, ldc);
                return;
            }
            var job = new BatchJob
            {
                TransA = transA, TransB = transB, Batch = batch, M = m, N = n, K = k, A = pa, Lda = lda, StrideA = strideA,
                B = pb, Ldb = ldb, StrideB = strideB, C = pc, Ldc = ldc, StrideC = strideC, Accumulate = accumulate,
            };
            Workers.Run(Workers.PartsFor(work * batch, batch), ref job);
        }
    }

    private static long Extent(int rows, int columns, int stride) => rows <= 0 || columns <= 0 ? 0 : (rows - 1L) * stride + columns;

    /// <summary>c = start + op(a) op(b) over the workers: b is packed block by block, and each block is multiplied in parts of rows, or of columns where rows are few.</summary>
    internal static void Multiply(bool transA, bool transB, int m, int n, int k, float* a, int lda, float* b, int ldb, float* start, nint lds, float* c, nint ldc)
    {
        var job = new BlockJob { TransA = transA, TransB = transB, M = m, N = n, K = k, A = a, Lda = lda, B = b, Ldb = ldb, Start = start, StartStride = lds, C = c, Ldc = ldc };
        var parts = Workers.PartsFor((long)m * n * k, int.MaxValue);
        if (parts == 1)
        {
            job.Step = BlockStep.Whole;
            Workers.Run(1, ref job);
            return;
        }
        job.Packed = Scratch.Get(ScratchUse.PackedB, (long)Math.Min(k, GemmSerial.BlockK) * ((Math.Min(n, GemmSerial.BlockN) + 15) / 16 * 16));
        for (var j = 0; j < n; j += GemmSerial.BlockN)
            for (var p = 0; p < k; p += GemmSerial.BlockK)
            {
                job.FirstColumn = j;
                job.FirstK = p;
                job.BlockN = Math.Min(GemmSerial.BlockN, n - j);
                job.BlockK = Math.Min(GemmSerial.BlockK, k - p);
                var packs = Workers.PartsFor((long)job.BlockK * job.BlockN, job.BlockN / BlockJob.ColumnGrain + 1);
                job.Step = BlockStep.Pack;
                Workers.Run(packs, ref job);

                int rowTiles = (m + GemmTile.Rows - 1) / GemmTile.Rows, panels = (job.BlockN + BlockJob.ColumnGrain - 1) / BlockJob.ColumnGrain;
                job.ColumnParts = rowTiles >= 2 * parts ? 1 : Math.Min(panels, (2 * parts + rowTiles - 1) / rowTiles);
                job.Step = BlockStep.Multiply;
                Workers.Run(Math.Min(rowTiles, Math.Max(1, parts / job.ColumnParts)) * job.ColumnParts, ref job);
            }
    }

    private enum BlockStep
    {
        Whole,
        Pack,
        Multiply,
    }

    private struct BlockJob : IParts
    {
        /// <summary>Columns a part begins at a multiple of: the widest panel.</summary>
        public const int ColumnGrain = 64;

        public bool TransA, TransB;
        public int M, N, K, Lda, Ldb;
        public float* A, B, Start, C, Packed;
        public nint StartStride, Ldc;
        public BlockStep Step;
        public int FirstColumn, FirstK, BlockN, BlockK, ColumnParts;

        public readonly void Run<T>(int part, int parts) where T : unmanaged, ILanes<T>
        {
            if (Step == BlockStep.Whole)
            {
                GemmSerial.Multiply<T>(TransA, TransB, M, N, K, A, Lda, B, Ldb, Start, StartStride, C, Ldc);
                return;
            }
            var columns = Step == BlockStep.Pack ? Split.Of(BlockN, part, parts, ColumnGrain) : Split.Of(BlockN, part % ColumnParts, ColumnParts, ColumnGrain);
            if (columns.Length == 0) return;
            if (Step == BlockStep.Pack)
            {
                var block = TransB ? B + (nint)FirstColumn * Ldb + FirstK : B + (nint)FirstK * Ldb + FirstColumn;
                GemmPanels.Pack<T>(TransB, block, Ldb, BlockK, BlockN, columns.First, columns.End, Packed);
                return;
            }
            var rows = Split.Of(M, part / ColumnParts, parts / ColumnParts, GemmTile.Rows);
            if (rows.Length == 0) return;
            nint ars = TransA ? 1 : Lda, aks = TransA ? Lda : 1;
            var c = C + rows.First * Ldc + FirstColumn + columns.First;
            var (start, stride) = FirstK > 0 ? ((nint)c, Ldc)
                : ((nint)(Start == null ? null : Start + rows.First * StartStride + FirstColumn + columns.First), StartStride);
            GemmSerial.Multiply<T>(rows.Length, columns.Length, BlockK, A + rows.First * ars + FirstK * aks, ars, aks,
                new GemmPanels(Packed, BlockK, 0), columns.First, (float*)start, stride, c, Ldc, room: columns.Length);
        }
    }

    private struct BatchJob : IParts
    {
        public bool TransA, TransB, Accumulate;
        public int Batch, M, N, K, Lda, Ldb, Ldc;
        public nint StrideA, StrideB, StrideC;
        public float* A, B, C;

        public readonly void Run<T>(int part, int parts) where T : unmanaged, ILanes<T>
        {
            var items = Split.Of(Batch, part, parts, 1);
            for (var i = items.First; i < items.End; i++)
                GemmSerial.Multiply<T>(TransA, TransB, M, N, K, A + i * StrideA, Lda, B + i * StrideB, Ldb,
                    Accumulate ? C + i * StrideC : null, Ldc, C + i * StrideC, Ldc);
        }
    }
}

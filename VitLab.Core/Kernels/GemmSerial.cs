using System.Runtime.CompilerServices;
using VitLab.Kernels.Simd;

namespace VitLab.Kernels;

/// <summary>The matrix product on one thread: what fused kernels call inside their parts.</summary>
internal static unsafe class GemmSerial
{
    /// <summary>Rows of b in a packed block: a tile's rows of a (6 × 256) and a panel of b stay near the core.</summary>
    public const int BlockK = 256;

    /// <summary>Columns of b in a packed block: with <see cref="BlockK"/> half a megabyte, which a second-level cache holds.</summary>
    public const int BlockN = 512;

    /// <summary>c (m, n) = start + a b, b in panels. Rows of a lie <paramref name="ars"/> apart and steps of k <paramref name="aks"/>.</summary>
    /// <param name="start">What the sums start from, rows <paramref name="lds"/> apart (0: one row for all); null: zero.</param>
    /// <param name="room">Columns of c that may be written, n or more: with room for whole registers the last columns need no detour.</param>
    [MethodImpl(Hot.Loop)]
    public static void Multiply<T>(int m, int n, int k, float* a, nint ars, nint aks, GemmPanels b, int firstColumn, float* start, nint lds, float* c, nint ldc, int room)
        where T : unmanaged, ILanes<T>
    {
        var edge = stackalloc float[GemmTile.Rows * 2 * T.Width];
        for (var i = 0; i < m; i += GemmTile.Rows)
        {
            var rows = Math.Min(GemmTile.Rows, m - i);
            var ai = a + i * ars;
            var si = start == null ? null : start + i * lds;
            var ci = c + i * ldc;
            for (var j = 0; j < n;)
            {
                var registers = GemmPanels.Registers<T>(n - j);
                var width = registers * T.Width;
                var sj = si == null ? null : si + j;
                var bj = b.At(firstColumn + j);
                if (width <= room - j) GemmTile.Run<T>(rows, registers, k, ai, ars, aks, bj, b.RowStride(width), sj, lds, ci + j, ldc);
                else Edge<T>(rows, registers, n - j, k, ai, ars, aks, bj, b.RowStride(width), sj, lds, ci + j, ldc, edge);
                j += width;
            }
        }
    }

    // The last columns do not fill a register: compute beside the matrix, copy what belongs to it.
    private static void Edge<T>(int rows, int registers, int columns, int k, float* a, nint ars, nint aks, float* b, nint ldb, float* start, nint lds, float* c, nint ldc, float* edge)
        where T : unmanaged, ILanes<T>
    {
        var width = registers * T.Width;
        for (var i = 0; i < rows && start != null; i++)
            for (var j = 0; j < columns; j++) edge[i * width + j] = start[i * lds + j];
        GemmTile.Run<T>(rows, registers, k, a, ars, aks, b, ldb, start == null ? null : edge, width, edge, width);
        for (var i = 0; i < rows; i++)
            for (var j = 0; j < columns; j++) c[i * ldc + j] = edge[i * width + j];
    }

    /// <summary>c = start + op(a) op(b), blocked and packed as needed.</summary>
    public static void Multiply<T>(bool transA, bool transB, int m, int n, int k, float* a, int lda, float* b, int ldb, float* start, nint lds, float* c, nint ldc)
        where T : unmanaged, ILanes<T>
    {
        nint ars = transA ? 1 : lda, aks = transA ? lda : 1;
        if (CanWalk<T>(transB, m, n, k, ldb))
        {
            Multiply<T>(m, n, k, a, ars, aks, new GemmPanels(b, k, ldb), 0, start, lds, c, ldc, room: n);
            return;
        }
        var packed = Scratch.Get(ScratchUse.PackedB, (long)Math.Min(k, BlockK) * GemmPanels.Padded<T>(Math.Min(n, BlockN)));
        for (var j = 0; j < n; j += BlockN)
            for (var p = 0; p < k; p += BlockK)
            {
                int width = Math.Min(BlockN, n - j), depth = Math.Min(BlockK, k - p);
                GemmPanels.Pack<T>(transB, transB ? b + (nint)j * ldb + p : b + (nint)p * ldb + j, ldb, depth, width, 0, width, packed);
                var (from, stride) = p == 0 ? ((nint)start, lds) : ((nint)c, ldc);
                Multiply<T>(m, width, depth, a + p * aks, ars, aks, new GemmPanels(packed, depth, 0), 0, from == 0 ? null : (float*)from + j, stride, c + j, ldc, room: width);
            }
    }

    // Whether b can be read where it lies: whole registers, and either used too seldom to repay packing or already one narrow panel.
    public static bool CanWalk<T>(bool transB, int m, int n, int k, int ldb) where T : unmanaged, ILanes<T> =>
        !transB && n % T.Width == 0 && (m <= 4 * GemmTile.Rows || ldb == n && n <= T.TileColumns * T.Width) && k > 0;
}

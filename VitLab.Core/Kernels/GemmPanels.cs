using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using VitLab.Kernels.Simd;

namespace VitLab.Kernels;

/// <summary>
/// The right operand as the micro-kernel walks it: panels of 4, 2 or 1 registers' width side by side, each (k, width) without gaps and padded with
/// zeros to whole registers, so the panel of column j begins at j · k; or, unpacked, the rows of the matrix itself.
/// </summary>
/// <param name="Data">The first value.</param>
/// <param name="K">Rows of a packed block.</param>
/// <param name="Stride">Floats from row to row of an unpacked matrix; 0: packed.</param>
internal readonly unsafe struct GemmPanels(float* Data, int K, int Stride)
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float* At(int column) => Stride == 0 ? Data + (nint)column * K : Data + column;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nint RowStride(int width) => Stride == 0 ? width : Stride;

    /// <summary>Registers across the panel that begins where this many columns remain.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Registers<T>(int remaining) where T : unmanaged, ILanes<T> =>
        remaining >= T.TileColumns * T.Width ? T.TileColumns : remaining > T.Width ? 2 : 1;

    /// <summary>Columns rounded up to whole registers.</summary>
    public static int Padded<T>(int columns) where T : unmanaged, ILanes<T> => (columns + T.Width - 1) / T.Width * T.Width;

    /// <summary>Packs the panels of columns first..end-1 (first at a panel's start) of b (k, n), or of its transpose when b is stored (n, k).</summary>
    public static void Pack<T>(bool transposed, float* b, int ldb, int k, int n, int first, int end, float* packed) where T : unmanaged, ILanes<T>
    {
        for (var j = first; j < end;)
        {
            var width = Registers<T>(n - j) * T.Width;
            var used = Math.Min(width, n - j);
            var panel = packed + (nint)j * k;
            if (used < width) new Span<float>(panel, width * k).Clear();
            if (transposed) Transpose(b + (nint)j * ldb, ldb, used, k, panel, width);
            else
                for (var p = 0; p < k; p++) Copy<T>(b + (nint)p * ldb + j, panel + (nint)p * width, used);
            j += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy<T>(float* from, float* to, int count) where T : unmanaged, ILanes<T>
    {
        var i = 0;
        for (; i <= count - T.Width; i += T.Width) T.Load(from + i).Store(to + i);
        for (; i < count; i++) to[i] = from[i];
    }

    /// <summary>to (columns, rows) = the transpose of from (rows, columns).</summary>
    [MethodImpl(Hot.Loop)]
    public static void Transpose(float* from, nint fromStride, int rows, int columns, float* to, nint toStride)
    {
        var i = 0;
        for (; Sse.IsSupported && i <= rows - 4; i += 4)
        {
            float* r0 = from + i * fromStride, r1 = r0 + fromStride, r2 = r1 + fromStride, r3 = r2 + fromStride;
            var j = 0;
            for (; j <= columns - 4; j += 4)
            {
                Vector128<float> a = Vector128.Load(r0 + j), b = Vector128.Load(r1 + j), c = Vector128.Load(r2 + j), d = Vector128.Load(r3 + j);
                Vector128<float> ab = Sse.UnpackLow(a, b), cd = Sse.UnpackLow(c, d), ef = Sse.UnpackHigh(a, b), gh = Sse.UnpackHigh(c, d);
                var t = to + j * toStride + i;
                Sse.MoveLowToHigh(ab, cd).Store(t);
                Sse.MoveHighToLow(cd, ab).Store(t + toStride);
                Sse.MoveLowToHigh(ef, gh).Store(t + 2 * toStride);
                Sse.MoveHighToLow(gh, ef).Store(t + 3 * toStride);
            }
            for (; j < columns; j++)
            {
                var t = to + j * toStride + i;
                t[0] = r0[j];
                t[1] = r1[j];
                t[2] = r2[j];
                t[3] = r3[j];
            }
        }
        for (; i < rows; i++)
            for (var j = 0; j < columns; j++) to[j * toStride + i] = from[i * fromStride + j];
    }
}

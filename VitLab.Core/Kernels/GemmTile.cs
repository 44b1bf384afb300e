using System.Runtime.CompilerServices;
using VitLab.Kernels.Simd;

namespace VitLab.Kernels;

/// <summary>A number known to the compiler, so that one tile source yields a loop without branches for every tile size.</summary>
internal interface ISize
{
    static abstract int N { get; }
}

internal readonly struct Size1 : ISize { public static int N => 1; }

internal readonly struct Size2 : ISize { public static int N => 2; }

internal readonly struct Size3 : ISize { public static int N => 3; }

internal readonly struct Size4 : ISize { public static int N => 4; }

internal readonly struct Size5 : ISize { public static int N => 5; }

internal readonly struct Size6 : ISize { public static int N => 6; }

/// <summary>
/// The micro-kernel of every matrix product: up to 6 rows by 4 registers of c stay in registers while k runs; each step loads a row of b once and
/// broadcasts one value of a for each row. Six by four fills AVX-512's 32 registers (24 sums, 4 of b, 1 of a), six by two the 16 of AVX2, and both keep
/// two multiply-add units busy.
/// </summary>
internal static unsafe class GemmTile
{
    public const int Rows = 6;

    /// <summary>c = start + a b. Rows of a lie <paramref name="ars"/> apart, steps of k <paramref name="aks"/>; rows of b <paramref name="ldb"/>.</summary>
    /// <param name="start">What the sums start from, rows <paramref name="lds"/> apart (0: one row for all); null: zero.</param>
    public static void Run<T>(int rows, int columns, nint k, float* a, nint ars, nint aks, float* b, nint ldb, float* start, nint lds, float* c, nint ldc)
        where T : unmanaged, ILanes<T>
    {
        switch (columns)
        {
            case 1: Run<T, Size1>(rows, k, a, ars, aks, b, ldb, start, lds, c, ldc); break;
            case 2: Run<T, Size2>(rows, k, a, ars, aks, b, ldb, start, lds, c, ldc); break;
            default: Run<T, Size4>(rows, k, a, ars, aks, b, ldb, start, lds, c, ldc); break;
        }
    }

    private static void Run<T, V>(int rows, nint k, float* a, nint ars, nint aks, float* b, nint ldb, float* start, nint lds, float* c, nint ldc)
        where T : unmanaged, ILanes<T> where V : ISize
    {
        switch (rows)
        {
            case 1: Tile<T, Size1, V>(k, a, ars, aks, b, ldb, start, lds, c, ldc); break;
            case 2: Tile<T, Size2, V>(k, a, ars, aks, b, ldb, start, lds, c, ldc); break;
            case 3: Tile<T, Size3, V>(k, a, ars, aks, b, ldb, start, lds, c, ldc); break;
            case 4: Tile<T, Size4, V>(k, a, ars, aks, b, ldb, start, lds, c, ldc); break;
            case 5: Tile<T, Size5, V>(k, a, ars, aks, b, ldb, start, lds, c, ldc); break;
            default: Tile<T, Size6, V>(k, a, ars, aks, b, ldb, start, lds, c, ldc); break;
        }
    }

    [MethodImpl(Hot.Loop)]
    private static void Tile<T, R, V>(nint k, float* a, nint ars, nint aks, float* b, nint ldb, float* start, nint lds, float* c, nint ldc)
        where T : unmanaged, ILanes<T> where R : ISize where V : ISize
    {
        T c00, c01, c02, c03, c10, c11, c12, c13, c20, c21, c22, c23, c30, c31, c32, c33, c40, c41, c42, c43, c50, c51, c52, c53;
        c00 = c01 = c02 = c03 = c10 = c11 = c12 = c13 = c20 = c21 = c22 = c23 = T.Create(0);
        c30 = c31 = c32 = c33 = c40 = c41 = c42 = c43 = c50 = c51 = c52 = c53 = T.Create(0);
        if (start != null)
        {
            Load<T, V>(start, ref c00, ref c01, ref c02, ref c03);
            if (R.N > 1) Load<T, V>(start + lds, ref c10, ref c11, ref c12, ref c13);
            if (R.N > 2) Load<T, V>(start + 2 * lds, ref c20, ref c21, ref c22, ref c23);
            if (R.N > 3) Load<T, V>(start + 3 * lds, ref c30, ref c31, ref c32, ref c33);
            if (R.N > 4) Load<T, V>(start + 4 * lds, ref c40, ref c41, ref c42, ref c43);
            if (R.N > 5) Load<T, V>(start + 5 * lds, ref c50, ref c51, ref c52, ref c53);
        }

        var a3 = a + 3 * ars;
        var ars2 = 2 * ars;
        for (; k > 0; k--)
        {
            T b0 = default, b1 = default, b2 = default, b3 = default;
            Load<T, V>(b, ref b0, ref b1, ref b2, ref b3);
            Step<T, V>(a, b0, b1, b2, b3, ref c00, ref c01, ref c02, ref c03);
            if (R.N > 1) Step<T, V>(a + ars, b0, b1, b2, b3, ref c10, ref c11, ref c12, ref c13);
            if (R.N > 2) Step<T, V>(a + ars2, b0, b1, b2, b3, ref c20, ref c21, ref c22, ref c23);
            if (R.N > 3) Step<T, V>(a3, b0, b1, b2, b3, ref c30, ref c31, ref c32, ref c33);
            if (R.N > 4) Step<T, V>(a3 + ars, b0, b1, b2, b3, ref c40, ref c41, ref c42, ref c43);
            if (R.N > 5) Step<T, V>(a3 + ars2, b0, b1, b2, b3, ref c50, ref c51, ref c52, ref c53);
            a += aks;
            a3 += aks;
            b += ldb;
        }

        Store<T, V>(c, c00, c01, c02, c03);
        if (R.N > 1) Store<T, V>(c + ldc, c10, c11, c12, c13);
        if (R.N > 2) Store<T, V>(c + 2 * ldc, c20, c21, c22, c23);
        if (R.N > 3) Store<T, V>(c + 3 * ldc, c30, c31, c32, c33);
        if (R.N > 4) Store<T, V>(c + 4 * ldc, c40, c41, c42, c43);
        if (R.N > 5) Store<T, V>(c + 5 * ldc, c50, c51, c52, c53);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load<T, V>(float* p, ref T v0, ref T v1, ref T v2, ref T v3) where T : unmanaged, ILanes<T> where V : ISize
    {
        v0 = T.Load(p);
        if (V.N > 1) v1 = T.Load(p + T.Width);
        if (V.N > 2) v2 = T.Load(p + 2 * T.Width);
        if (V.N > 3) v3 = T.Load(p + 3 * T.Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<T, V>(float* a, T b0, T b1, T b2, T b3, ref T c0, ref T c1, ref T c2, ref T c3)
        where T : unmanaged, ILanes<T> where V : ISize
    {
        var x = T.Broadcast(a);
        c0 = T.MultiplyAdd(x, b0, c0);
        if (V.N > 1) c1 = T.MultiplyAdd(x, b1, c1);
        if (V.N > 2) c2 = T.MultiplyAdd(x, b2, c2);
        if (V.N > 3) c3 = T.MultiplyAdd(x, b3, c3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T, V>(float* p, T v0, T v1, T v2, T v3) where T : unmanaged, ILanes<T> where V : ISize
    {
        v0.Store(p);
        if (V.N > 1) v1.Store(p + T.Width);
        if (V.N > 2) v2.Store(p + 2 * T.Width);
        if (V.N > 3) v3.Store(p + 3 * T.Width);
    }
}

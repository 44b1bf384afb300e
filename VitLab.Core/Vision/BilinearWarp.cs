using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace VitLab.Vision;

/// <summary>One resampling pass for an affine map plus a smooth displacement field given at a coarse grid of knots.</summary>
internal static class BilinearWarp
{
    /// <summary>Rim of empty pixels around the source, so that no tap needs a check.</summary>
    private const int Rim = 2;

    private static int Lanes => Vector256<float>.Count;

    /// <param name="knotsX">Displacements in pixels, knots × knots, row by row over the whole image.</param>
    [SkipLocalsInit]
    public static void Apply(ReadOnlySpan<byte> source, Span<float> target, int width, int height, Affine affine, ReadOnlySpan<float> knotsX, ReadOnlySpan<float> knotsY, int knots)
    {
        var stride = width + (2 * Rim);
        Span<float> padded = stackalloc float[stride * (height + (2 * Rim))];
        padded.Clear();
        for (var y = 0; y < height; y++)
        {
            Augmenter.Plain(source.Slice(y * width, width), padded.Slice(((y + Rim) * stride) + Rim, width));
        }

        // Rows of whole vectors, so that the loop below has no tail; the surplus is computed and dropped.
        var row = (width + Lanes - 1) / Lanes * Lanes;
        Span<float> fieldX = stackalloc float[knots * row];
        Span<float> fieldY = stackalloc float[knots * row];
        AlongRows(knotsX, fieldX, knots, width, row);
        AlongRows(knotsY, fieldY, knots, width, row);

        Span<float> warped = stackalloc float[row];
        var (middleX, middleY) = ((width - 1) / 2f, (height - 1) / 2f);
        for (var y = 0; y < height; y++)
        {
            var at = y * (knots - 1f) / (height - 1);
            var knotRow = Math.Min((int)at, knots - 2);
            var line = new Line(
                padded, stride, width, height,
                fieldX.Slice(knotRow * row, 2 * row), fieldY.Slice(knotRow * row, 2 * row), Smooth(at - knotRow),
                affine.A, affine.C,
                middleX + affine.X + (affine.B * (y - middleY)) - (affine.A * middleX),
                middleY + affine.Y + (affine.D * (y - middleY)) - (affine.C * middleX));
            for (var x = 0; x < row; x += Lanes)
            {
                line.Sample(x).StoreUnsafe(ref MemoryMarshal.GetReference(warped), (nuint)x);
            }

            warped[..width].CopyTo(target[(y * width)..]);
        }
    }

    /// <summary>Each knot row interpolated to every column.</summary>
    private static void AlongRows(ReadOnlySpan<float> at, Span<float> field, int knots, int width, int row)
    {
        field.Clear();
        for (var x = 0; x < width; x++)
        {
            var position = x * (knots - 1f) / (width - 1);
            var knot = Math.Min((int)position, knots - 2);
            var along = Smooth(position - knot);
            for (var k = 0; k < knots; k++)
            {
                var (left, right) = (at[(k * knots) + knot], at[(k * knots) + knot + 1]);
                field[(k * row) + x] = left + ((right - left) * along);
            }
        }
    }

    /// <summary>Smoothstep: the field's slope is continuous across knots.</summary>
    private static float Smooth(float t) => t * t * (3 - (2 * t));

    /// <summary>One output row: where its pixels come from (start + x · step + displacement) and what is there.</summary>
    private readonly ref struct Line(
        ReadOnlySpan<float> padded, int stride, int width, int height,
        ReadOnlySpan<float> fieldX, ReadOnlySpan<float> fieldY, float downward, float stepX, float stepY, float startX, float startY)
    {
        private readonly ref float _padded = ref MemoryMarshal.GetReference(padded);
        private readonly ReadOnlySpan<float> _fieldX = fieldX;
        private readonly ReadOnlySpan<float> _fieldY = fieldY;

        /// <summary>Eight pixels from column <paramref name="x"/> on.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Sample(int x)
        {
            var column = Vector256.Create((float)x) + Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7);
            var sourceX = Vector256.Create(startX) + (column * stepX) + Displacement(_fieldX, x);
            var sourceY = Vector256.Create(startY) + (column * stepY) + Displacement(_fieldY, x);

            // Beyond the rim everything is empty, so the outermost empty cell stands for all of it.
            sourceX = Vector256.Min(Vector256.Max(sourceX, Vector256.Create(-1.5f)), Vector256.Create(width + 0.5f)) + Vector256.Create((float)Rim);
            sourceY = Vector256.Min(Vector256.Max(sourceY, Vector256.Create(-1.5f)), Vector256.Create(height + 0.5f)) + Vector256.Create((float)Rim);
            var (left, top) = (Vector256.ConvertToInt32(sourceX), Vector256.ConvertToInt32(sourceY));
            var (fractionX, fractionY) = (sourceX - Vector256.ConvertToSingle(left), sourceY - Vector256.ConvertToSingle(top));
            var at = (top * stride) + left;

            var upper = Lerp(Gather(at), Gather(at + Vector256.Create(1)), fractionX);
            var lower = Lerp(Gather(at + Vector256.Create(stride)), Gather(at + Vector256.Create(stride + 1)), fractionX);
            return Lerp(upper, lower, fractionY);
        }

        private Vector256<float> Displacement(ReadOnlySpan<float> field, int x)
        {
            ref var first = ref MemoryMarshal.GetReference(field);
            return Lerp(Vector256.LoadUnsafe(ref first, (nuint)x), Vector256.LoadUnsafe(ref first, (nuint)(x + (field.Length / 2))), Vector256.Create(downward));
        }

        private unsafe Vector256<float> Gather(Vector256<int> at)
        {
            if (Avx2.IsSupported)
            {
                // The buffer lives on the stack, so its address does not move.
                return Avx2.GatherVector256((float*)Unsafe.AsPointer(ref _padded), at, sizeof(float));
            }

            return Vector256.Create(
                Unsafe.Add(ref _padded, at[0]), Unsafe.Add(ref _padded, at[1]), Unsafe.Add(ref _padded, at[2]), Unsafe.Add(ref _padded, at[3]),
                Unsafe.Add(ref _padded, at[4]), Unsafe.Add(ref _padded, at[5]), Unsafe.Add(ref _padded, at[6]), Unsafe.Add(ref _padded, at[7]));
        }

        private static Vector256<float> Lerp(Vector256<float> a, Vector256<float> b, Vector256<float> t) => a + ((b - a) * t);
    }
}

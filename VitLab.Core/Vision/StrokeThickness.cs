using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace VitLab.Vision;

/// <summary>Cheap bolder or finer strokes: a blend with the grey dilation or erosion over the pixel and its four neighbours.</summary>
internal static class StrokeThickness
{
    /// <param name="amount">Share of the dilation (positive) or erosion (negative), -1…1. Outside the image there is no ink.</param>
    [SkipLocalsInit]
    public static void Change(Span<float> image, int width, int height, float amount)
    {
        // A rim of empty pixels, and room for the last vector to reach beyond its row.
        var stride = width + 2;
        Span<float> padded = stackalloc float[(stride * (height + 2)) + Vector256<float>.Count];
        padded.Clear();
        for (var y = 0; y < height; y++)
        {
            image.Slice(y * width, width).CopyTo(padded[(((y + 1) * stride) + 1)..]);
        }

        Span<float> changed = stackalloc float[width + Vector256<float>.Count];
        ref var source = ref MemoryMarshal.GetReference(padded);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x += Vector256<float>.Count)
            {
                var at = ((y + 1) * stride) + x + 1;
                Blend(ref source, at, stride, amount).StoreUnsafe(ref changed[x]);
            }

            changed[..width].CopyTo(image[(y * width)..]);
        }
    }

    private static Vector256<float> Blend(ref float source, int at, int stride, float amount)
    {
        var center = Vector256.LoadUnsafe(ref source, (nuint)at);
        var (left, right) = (Vector256.LoadUnsafe(ref source, (nuint)(at - 1)), Vector256.LoadUnsafe(ref source, (nuint)(at + 1)));
        var (above, below) = (Vector256.LoadUnsafe(ref source, (nuint)(at - stride)), Vector256.LoadUnsafe(ref source, (nuint)(at + stride)));
        var other = amount > 0
            ? Vector256.Max(Vector256.Max(Vector256.Max(left, right), Vector256.Max(above, below)), center)
            : Vector256.Min(Vector256.Min(Vector256.Min(left, right), Vector256.Min(above, below)), center);
        return center + ((other - center) * Math.Abs(amount));
    }
}

using System.Runtime.InteropServices;

namespace VitLab.Vision;

/// <summary>Where the ink of a raster is.</summary>
internal static class InkBounds
{
    /// <summary>The smallest box around every pixel above 0; empty when there is none.</summary>
    /// <param name="ink">Not below 0, row by row.</param>
    public static InkBox Of(ReadOnlySpan<float> ink, int width, int height)
    {
        // As integers the search is vectorised: ink is above 0, and 0 has no bits.
        var bits = MemoryMarshal.Cast<float, int>(ink);
        var first = bits.IndexOfAnyExcept(0);
        if (first < 0)
        {
            return default;
        }

        var (top, bottom) = (first / width, (bits.LastIndexOfAnyExcept(0) / width) + 1);
        var (left, right) = (width, 0);
        for (var y = top; y < bottom; y++)
        {
            var row = bits.Slice(y * width, width);
            var start = row.IndexOfAnyExcept(0);
            if (start >= 0)
            {
                (left, right) = (Math.Min(left, start), Math.Max(right, row.LastIndexOfAnyExcept(0) + 1));
            }
        }

        return new InkBox(left, top, right - left, bottom - top);
    }
}

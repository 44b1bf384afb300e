using System.Runtime.CompilerServices;
using VitLab.Vision;

namespace VitLab.Data;

/// <summary>Brings a digit of 28 × 28 pixels to the size it has in a scene, with an edge as sharp as a pen's at that size.</summary>
internal static class DigitStamp
{
    /// <summary>Largest side of a digit in a scene, in pixels.</summary>
    public const int LargestSide = 64;

    /// <summary>Coverage below this is no ink: boxes end where people see ink end.</summary>
    private const float Faintest = 0.1f;

    private const int Side = MnistNormalizer.Size;

    /// <summary>Draws the ink of a digit into the top left corner of <paramref name="stamp"/>, whose rows are <see cref="LargestSide"/> long.</summary>
    /// <param name="digit">28 × 28 in 0…1.</param>
    /// <param name="height">Of the ink, in pixels.</param>
    /// <param name="stretch">Width of the ink against its height, as a factor of the digit's own.</param>
    /// <param name="bolder">-1…1: moves the strokes' edges out or in, by half of what is soft about them at most.</param>
    /// <returns>Width and height of the drawn ink; 0 when the digit has none.</returns>
    [SkipLocalsInit]
    public static (int Width, int Height) Draw(ReadOnlySpan<float> digit, float height, float stretch, float bolder, Span<float> stamp)
    {
        var bounds = InkBounds.Of(digit, Side, Side);
        if (bounds.Width == 0)
        {
            return (0, 0);
        }

        var scaleY = height / bounds.Height;
        var scaleX = Math.Min(scaleY * stretch, LargestSide / bounds.Width);
        scaleY = Math.Min(scaleY, LargestSide / bounds.Height);
        var (width, rows) = ((int)Math.Max(MathF.Round(bounds.Width * scaleX), 1), (int)Math.Max(MathF.Round(bounds.Height * scaleY), 1));
        var level = 0.5f - (bolder * 0.25f);
        var gain = Math.Max(Math.Min(scaleX, scaleY), 0.5f / Math.Min(level, 1 - level));   // at least so steep that paper stays empty and full ink full
        for (var y = 0; y < rows; y++)
        {
            var line = stamp.Slice(y * LargestSide, width);
            var fromY = bounds.Top + ((y + 0.5f) / scaleY) - 0.5f;
            for (var x = 0; x < width; x++)
            {
                var ink = At(digit, bounds.Left + ((x + 0.5f) / scaleX) - 0.5f, fromY);
                var covered = Math.Min(((ink - level) * gain) + 0.5f, 1);
                line[x] = covered < Faintest ? 0 : covered;
            }
        }

        return Trim(stamp, width, rows);
    }

    /// <summary>Between the four pixels around a place.</summary>
    private static float At(ReadOnlySpan<float> digit, float x, float y)
    {
        var (left, top) = ((int)MathF.Floor(x), (int)MathF.Floor(y));
        var (alongX, alongY) = (x - left, y - top);
        var (left0, left1) = (Math.Clamp(left, 0, Side - 1), Math.Clamp(left + 1, 0, Side - 1));
        var (top0, top1) = (Math.Clamp(top, 0, Side - 1) * Side, Math.Clamp(top + 1, 0, Side - 1) * Side);
        var upper = digit[top0 + left0] + ((digit[top0 + left1] - digit[top0 + left0]) * alongX);
        var lower = digit[top1 + left0] + ((digit[top1 + left1] - digit[top1 + left0]) * alongX);
        return upper + ((lower - upper) * alongY);
    }

    /// <summary>Moves the ink into the corner, where faint rows and columns around it are left out.</summary>
    private static (int Width, int Height) Trim(Span<float> stamp, int width, int height)
    {
        var (left, top, right, bottom) = (width, height, 0, 0);
        for (var y = 0; y < height; y++)
        {
            var row = stamp.Slice(y * LargestSide, width);
            var first = row.IndexOfAnyExcept(0);
            if (first >= 0)
            {
                (left, right) = (Math.Min(left, first), Math.Max(right, row.LastIndexOfAnyExcept(0) + 1));
                (top, bottom) = (Math.Min(top, y), y + 1);
            }
        }

        if (right == 0)
        {
            return (0, 0);
        }

        for (var y = top; y < bottom && (left, top) != (0, 0); y++)
        {
            stamp.Slice((y * LargestSide) + left, right - left).CopyTo(stamp[((y - top) * LargestSide)..]);
        }

        return (right - left, bottom - top);
    }
}

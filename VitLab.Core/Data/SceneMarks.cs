using VitLab.Vision;

namespace VitLab.Data;

/// <summary>Draws what is on paper beside digits: dots, specks and short lines, none as large as the smallest digit and none near one.</summary>
internal static class SceneMarks
{
    private const int MostMarks = 4, Tries = 8;

    private const float LongestLine = 9, Clearance = 3;

    public static void Draw(Span<float> pixels, int width, int height, ReadOnlySpan<InkBox> digits, ref SeededRandom random)
    {
        var layer = new InkLayer(pixels, width, height);
        for (var marks = 1 + random.Below(MostMarks); marks > 0; marks--)
        {
            var (reachX, reachY, radius) = Draw(ref random);
            for (var tries = Tries; tries > 0; tries--)
            {
                var (x, y) = (random.Uniform(2, width - 2), random.Uniform(2, height - 2));
                var around = new InkBox(x - (Math.Abs(reachX) / 2) - radius, y - (Math.Abs(reachY) / 2) - radius, Math.Abs(reachX) + (2 * radius), Math.Abs(reachY) + (2 * radius));
                if (!IsNearAny(around, digits))
                {
                    layer.Line(x - (reachX / 2), y - (reachY / 2), radius, x + (reachX / 2), y + (reachY / 2), radius);
                    break;
                }
            }
        }
    }

    /// <summary>A dot, a speck or a line: how far it reaches to the right and down, and how thick it is.</summary>
    private static (float X, float Y, float Radius) Draw(ref SeededRandom random)
    {
        var (kind, length) = (random.Below(3), random.Uniform(3, LongestLine));
        var (sin, cos) = MathF.SinCos(random.Uniform(0, 2 * MathF.PI));
        return kind switch
        {
            0 => (0, 0, random.Uniform(0.8f, 2)),
            1 => (0, 0, random.Uniform(0.3f, 0.8f)),
            _ => (length * cos, length * sin, random.Uniform(0.5f, 1.3f)),
        };
    }

    private static bool IsNearAny(InkBox mark, ReadOnlySpan<InkBox> digits)
    {
        foreach (var digit in digits)
        {
            if (mark.IsNearer(digit, Clearance))
            {
                return true;
            }
        }

        return false;
    }
}

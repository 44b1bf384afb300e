using VitLab.Data;
using VitLab.Vision;

namespace VitLab.Experiments;

/// <summary>A scene's digits as a row of <see cref="HostBatch.Targets"/>.</summary>
internal static class SceneTargets
{
    /// <summary>Numbers a digit: label, left, top, width, height.</summary>
    public const int Numbers = 5;

    private const int NoDigit = -1;

    public static void Write(ReadOnlySpan<SceneDigit> digits, Span<long> row)
    {
        row.Fill(NoDigit);
        for (var i = 0; i < digits.Length; i++)
        {
            var numbers = row.Slice(i * Numbers, Numbers);
            var box = digits[i].Box;
            (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]) = (digits[i].Label, (long)box.Left, (long)box.Top, (long)box.Width, (long)box.Height);
        }
    }

    public static List<SceneDigit> Read(ReadOnlySpan<long> row)
    {
        List<SceneDigit> digits = [];
        for (var numbers = row; numbers.Length > 0 && numbers[0] != NoDigit; numbers = numbers[Numbers..])
        {
            digits.Add(new SceneDigit((int)numbers[0], new InkBox(numbers[1], numbers[2], numbers[3], numbers[4])));
        }

        return digits;
    }
}

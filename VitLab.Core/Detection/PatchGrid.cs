using VitLab.Vision;

namespace VitLab.Detection;

/// <summary>The patches of a picture, row by row, and how a box is coded from the middle of one of them.</summary>
/// <param name="Patch">Side of a patch in pixels.</param>
public readonly record struct PatchGrid(int Rows, int Columns, int Patch)
{
    public int Count => Rows * Columns;

    public float MiddleX(int patch) => ((patch % Columns) + 0.5f) * Patch;

    public float MiddleY(int patch) => ((patch / Columns) + 0.5f) * Patch;

    /// <summary>The longer of the ways right or left and up or down from a patch's middle to a box's, in pixels.</summary>
    public float Distance(int patch, InkBox box) => Math.Max(Math.Abs(MiddleX(patch) - box.CenterX), Math.Abs(MiddleY(patch) - box.CenterY));

    /// <summary>
    /// Writes a box as four numbers about a patch's middle: how far right of and below it the box has its own, in patch sides, and the logarithms of its width
    /// and height in patch sides.
    /// </summary>
    public void Encode(InkBox box, int patch, Span<float> code)
    {
        (code[0], code[1]) = ((box.CenterX - MiddleX(patch)) / Patch, (box.CenterY - MiddleY(patch)) / Patch);
        (code[2], code[3]) = (MathF.Log(box.Width / Patch), MathF.Log(box.Height / Patch));
    }

    /// <summary>The box of such numbers, cut to the picture.</summary>
    public InkBox Decode(ReadOnlySpan<float> code, int patch)
    {
        var (x, y) = (MiddleX(patch) + (code[0] * Patch), MiddleY(patch) + (code[1] * Patch));
        var (width, height) = (MathF.Exp(Math.Min(code[2], 4)) * Patch, MathF.Exp(Math.Min(code[3], 4)) * Patch);
        var (left, right) = (Math.Clamp(x - (width / 2), 0, Columns * Patch), Math.Clamp(x + (width / 2), 0, Columns * Patch));
        var (top, bottom) = (Math.Clamp(y - (height / 2), 0, Rows * Patch), Math.Clamp(y + (height / 2), 0, Rows * Patch));
        return new InkBox(left, top, right - left, bottom - top);
    }
}

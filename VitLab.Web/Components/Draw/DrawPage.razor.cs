using VitLab.Experiments;

namespace VitLab.Web.Components.Draw;

/// <summary>Hands the board the weights that answer, among those that read one digit a drawing; the board does the rest in the browser.</summary>
public sealed partial class DrawPage
{
    private static readonly string[] s_digits = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    private IReadOnlyList<string> Classes => Answering?.Classes ?? s_digits;

    protected override bool Reads(CanvasGuide canvas) => canvas == CanvasGuide.Single;
}

namespace VitLab.Web.Components.Draw;

/// <summary>Canvas, answer and attention. Everything that moves is the script's.</summary>
public sealed partial class DrawBoard
{
    protected override string Module => "draw/draw-board";

    protected override object Options => new { answering = Answering() };
}

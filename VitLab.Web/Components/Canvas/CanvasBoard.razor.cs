using Microsoft.AspNetCore.Components;
using VitLab.Experiments;
using VitLab.Vision;

namespace VitLab.Web.Components.Canvas;

/// <summary>Free paper, what is found on it and where the model looks. Everything that moves is the script's.</summary>
public sealed partial class CanvasBoard
{
    /// <summary>Free paper: it has limits.</summary>
    [Parameter, EditorRequired]
    public required CanvasGuide Canvas { get; set; }

    protected override string Module => "canvas/canvas-board";

    protected override object Options => new { limits = Canvas.Limits, unitsPerPixel = SceneNormalizer.UnitsPerPixel, answering = Answering() };
}

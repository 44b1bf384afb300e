using Microsoft.AspNetCore.Components;
using VitLab.Experiments;
using VitLab.Vision;

namespace VitLab.Web.Components.Canvas;

/// <summary>Free paper, what is found on it and where the model looks. Everything that moves is the script's; this hands over which weights answer.</summary>
public sealed partial class CanvasBoard
{
    private BoardWeights? _told;

    /// <summary>Free paper: it has limits.</summary>
    [Parameter, EditorRequired]
    public required CanvasGuide Canvas { get; set; }

    /// <summary>Null while nothing can answer: drawing works all the same.</summary>
    [Parameter, EditorRequired]
    public string? Weights { get; set; }

    /// <summary>The weights are in training, so an unchanged drawing is asked again and again.</summary>
    [Parameter]
    public bool Live { get; set; }

    /// <summary>What these weights choose from.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Classes { get; set; }

    protected override string Module => "canvas/canvas-board";

    protected override object Options
    {
        get
        {
            _told = Now;
            return new { limits = Canvas.Limits, unitsPerPixel = SceneNormalizer.UnitsPerPixel, answering = _told };
        }
    }

    private BoardWeights Now => new(Weights, Live, Classes);

    protected override async Task OnParametersSetAsync()
    {
        if (_told is { } told && (told.Weights, told.Live) != (Weights, Live))
        {
            _told = Now;
            await CallAsync("setWeights", _told);
        }
    }

    private sealed record BoardWeights(string? Weights, bool Live, IReadOnlyList<string> Classes);
}

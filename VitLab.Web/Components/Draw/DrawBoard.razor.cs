using Microsoft.AspNetCore.Components;

namespace VitLab.Web.Components.Draw;

/// <summary>Canvas, answer and attention. Everything that moves is the script's; this hands over which weights answer.</summary>
public sealed partial class DrawBoard
{
    private (string? Weights, bool Live)? _told;

    /// <summary>Null while nothing can answer: drawing works all the same.</summary>
    [Parameter, EditorRequired]
    public string? Weights { get; set; }

    /// <summary>The weights are in training, so an unchanged drawing is asked again and again.</summary>
    [Parameter]
    public bool Live { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Classes { get; set; }

    protected override string Module => "draw/draw-board";

    protected override object Options
    {
        get
        {
            _told = (Weights, Live);
            return new { weights = Weights, live = Live, classes = Classes };
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_told is { } told && told != (Weights, Live))
        {
            _told = (Weights, Live);
            await CallAsync("setWeights", Weights, Live);
        }
    }
}

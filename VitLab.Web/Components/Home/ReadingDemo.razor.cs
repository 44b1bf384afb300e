using Microsoft.AspNetCore.Components;

namespace VitLab.Web.Components.Home;

/// <summary>Draws one example digit after the other and has a trained model read each while it is drawn.</summary>
public sealed partial class ReadingDemo
{
    /// <summary>Null when no weights can answer: digits are drawn all the same.</summary>
    [Parameter, EditorRequired]
    public string? Weights { get; set; }

    [Parameter]
    public string? Name { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Classes { get; set; }

    protected override string Module => "home/reading-demo";

    protected override object Options => new { weights = Weights, classes = Classes };
}

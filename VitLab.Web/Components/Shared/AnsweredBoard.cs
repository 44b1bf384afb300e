using Microsoft.AspNetCore.Components;

namespace VitLab.Web.Components.Shared;

/// <summary>
/// A board to draw on whose script is told which weights answer: with <see cref="Answering"/> among its options, and by <c>setWeights</c> whenever
/// that changes.
/// </summary>
public abstract class AnsweredBoard : ScriptedComponent
{
    private AnsweringWeights? _told;

    /// <summary>Null while nothing can answer: drawing works all the same.</summary>
    [Parameter, EditorRequired]
    public string? Weights { get; set; }

    /// <summary>The weights are in training, so an unchanged drawing is asked again and again.</summary>
    [Parameter]
    public bool Live { get; set; }

    /// <summary>What these weights choose from.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Classes { get; set; }

    /// <summary>What the script is told when it is made.</summary>
    protected object Answering() => _told = new AnsweringWeights(Weights, Live, Classes);

    protected override async Task OnParametersSetAsync()
    {
        if (_told is { } told && (told.Weights, told.Live) != (Weights, Live))
        {
            await CallAsync("setWeights", Answering());
        }
    }

    private sealed record AnsweringWeights(string? Weights, bool Live, IReadOnlyList<string> Classes);
}

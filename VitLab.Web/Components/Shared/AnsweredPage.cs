using Microsoft.AspNetCore.Components;
using VitLab.Experiments;
using VitLab.Web.Predictions;
using VitLab.Web.Runs;

namespace VitLab.Web.Components.Shared;

/// <summary>
/// A page on which one model reads what is drawn: which weights answer stands in the address, the first of the list when it names none or unknown ones, and the
/// choice is as new as the runs.
/// </summary>
public abstract class AnsweredPage : AddressedPage
{
    private WeightsList? _weights;

    [Inject]
    public required PredictionService Predictions { get; init; }

    [Inject]
    public required RunService Runs { get; init; }

    /// <summary>The weights that read this page's canvas.</summary>
    protected IReadOnlyList<WeightsChoice> Choices => [.. _weights!.All.Where(choice => choice.Canvas is { } canvas && Reads(canvas))];

    /// <summary>Null while no weights can answer.</summary>
    protected WeightsChoice? Answering { get; private set; }

    /// <summary>True for canvases that are drawn on here.</summary>
    protected abstract bool Reads(CanvasGuide canvas);

    protected override void OnInitialized()
    {
        Keep(Runs.OnChanged(run => _ = InvokeAsync(() => Follow(run))));
        _weights = new WeightsList(Predictions);
        base.OnInitialized();
    }

    protected override void Adopt() => Answering = WeightsList.Pick(Choices, Chosen("weights") ?? Answering?.Id);

    protected Task ChooseWeightsAsync(string? id) => ChooseAsync("weights", id);

    private void Follow(RunRecord? run)
    {
        if (_weights!.Follow(run))
        {
            Adopt();
            StateHasChanged();
        }
    }
}

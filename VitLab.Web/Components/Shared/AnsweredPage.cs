using Microsoft.AspNetCore.Components;
using VitLab.Experiments;
using VitLab.Web.Predictions;
using VitLab.Web.Runs;

namespace VitLab.Web.Components.Shared;

/// <summary>
/// A page on which one model reads what is drawn: which weights answer stands in the address, so a link or a reload keeps them, and the choice
/// is as new as the runs.
/// </summary>
public abstract class AnsweredPage : ComponentBase, IDisposable
{
    private WeightsList? _weights;
    private IDisposable? _subscription;

    [Inject]
    public required PredictionService Predictions { get; init; }

    [Inject]
    public required RunService Runs { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>Id of the weights that answer; the first of the list when it is absent or unknown.</summary>
    [SupplyParameterFromQuery]
    public string? Weights { get; set; }

    /// <summary>The weights that read this page's canvas.</summary>
    protected IReadOnlyList<WeightsChoice> Choices => [.. _weights!.All.Where(choice => choice.Canvas is { } canvas && Reads(canvas))];

    /// <summary>Null while no weights can answer.</summary>
    protected WeightsChoice? Chosen { get; private set; }

    /// <summary>True for canvases that are drawn on here.</summary>
    protected abstract bool Reads(CanvasGuide canvas);

    protected override void OnInitialized()
    {
        _subscription = Runs.OnChanged(run => _ = InvokeAsync(() => Follow(run)));
        _weights = new WeightsList(Predictions);
    }

    protected override void OnParametersSet() => Choose();

    public void Dispose()
    {
        _subscription?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected void ChooseWeights(string? id) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("weights", id), replace: true);

    private void Follow(RunRecord? run)
    {
        if (_weights!.Follow(run))
        {
            Choose();
            StateHasChanged();
        }
    }

    private void Choose() => Chosen = WeightsList.Pick(Choices, Weights ?? Chosen?.Id);
}

using Microsoft.AspNetCore.Components;
using VitLab.Experiments;
using VitLab.Web.Predictions;
using VitLab.Web.Runs;

namespace VitLab.Web.Components.Draw;

/// <summary>
/// Chooses which weights answer (in the address, so a link or a reload keeps them) among those that read one digit a drawing; the board
/// does the rest in the browser.
/// </summary>
public sealed partial class DrawPage : IDisposable
{
    private static readonly string[] s_digits = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    private WeightsList? _weights;
    private WeightsChoice? _chosen;
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

    private IReadOnlyList<WeightsChoice> Choices => _weights!.On(CanvasGuide.Single);

    private IReadOnlyList<string> Classes => _chosen is null ? s_digits : ExperimentCatalog.Find(_chosen.Experiment).Classes;

    protected override void OnInitialized()
    {
        _subscription = Runs.OnChanged(run => _ = InvokeAsync(() => Follow(run)));
        _weights = new WeightsList(Predictions);
    }

    protected override void OnParametersSet() => Choose();

    public void Dispose() => _subscription?.Dispose();

    private void Follow(RunRecord? run)
    {
        if (_weights!.Follow(run))
        {
            Choose();
            StateHasChanged();
        }
    }

    private void Choose() => _chosen = WeightsList.Pick(Choices, Weights ?? _chosen?.Id);

    private void ChooseWeights(string? id) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("weights", id), replace: true);
}

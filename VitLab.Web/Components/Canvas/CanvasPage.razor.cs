using Microsoft.AspNetCore.Components;
using VitLab.Experiments;
using VitLab.Web.Predictions;
using VitLab.Web.Runs;

namespace VitLab.Web.Components.Canvas;

/// <summary>
/// Chooses which weights answer (in the address, so a link or a reload keeps them) among those that read free paper; the board does the rest in
/// the browser.
/// </summary>
public sealed partial class CanvasPage : IDisposable
{
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

    private IReadOnlyList<WeightsChoice> Choices => [.. _weights!.All.Where(choice => choice.Canvas.Limits is not null)];

    private CanvasGuide Canvas => _chosen?.Canvas ?? CanvasGuide.Free;

    private IReadOnlyList<string> Classes => _chosen is null ? [] : ExperimentCatalog.Find(_chosen.Experiment).Classes;

    private static string TrainAddress => ExperimentCatalog.All.FirstOrDefault(experiment => experiment.Canvas(experiment.Presets[0].Options).Limits is not null) is { } experiment
        ? $"/train?experiment={experiment.Id}" : "/train";

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

using Microsoft.AspNetCore.Components;
using VitLab.Experiments;
using VitLab.Web.Components.Shared;
using VitLab.Web.Predictions;
using VitLab.Web.Runs;

namespace VitLab.Web.Components.Draw;

/// <summary>Chooses which weights answer (in the address, so a link or a reload keeps them); the board does the rest in the browser.</summary>
public sealed partial class DrawPage : IDisposable
{
    private static readonly string[] s_digits = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    private readonly Dictionary<string, RunState> _states = [];
    private IReadOnlyList<WeightsChoice> _choices = [];
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

    private IReadOnlyList<string> Classes => _chosen is null ? s_digits : ExperimentCatalog.Find(_chosen.Experiment).Classes;

    protected override void OnInitialized()
    {
        _subscription = Runs.OnChanged(run => _ = InvokeAsync(() => Follow(run)));
        _choices = Predictions.Choices();
    }

    protected override void OnParametersSet() => Choose();

    public void Dispose() => _subscription?.Dispose();

    /// <summary>Progress of a run changes nothing here; a run that came, went or changed its state may.</summary>
    private void Follow(RunRecord? run)
    {
        if (run is not null && _states.TryGetValue(run.Id, out var known) && known == run.State)
        {
            return;
        }

        if (run is not null)
        {
            _states[run.Id] = run.State;
        }

        _choices = Predictions.Choices();
        Choose();
        StateHasChanged();
    }

    private void Choose()
    {
        var wanted = Weights ?? _chosen?.Id;
        _chosen = _choices.FirstOrDefault(choice => choice.Id == wanted) ?? (_choices.Count > 0 ? _choices[0] : null);
    }

    private void ChooseWeights(ChangeEventArgs change) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("weights", change.Value?.ToString()), replace: true);

    private static string GroupOf(WeightsChoice choice) =>
        choice.Live ? "In training now" : ExperimentCatalog.All.Any(experiment => choice.Id.StartsWith(experiment.Id, StringComparison.Ordinal)) ? "Shipped with VitLab" : "Runs";

    private static string Describe(WeightsChoice choice)
    {
        var value = ExperimentCatalog.Find(choice.Experiment).Card.PrimaryMetric.In(choice.Metrics);
        return value is null ? choice.Name : $"{choice.Name} · {Figures.Percent(value, 1)}";
    }
}

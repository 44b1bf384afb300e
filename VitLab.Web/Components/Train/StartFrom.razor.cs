using Microsoft.AspNetCore.Components;
using VitLab.Experiments;
using VitLab.Models;
using VitLab.Web.Predictions;
using VitLab.Web.Runs;

namespace VitLab.Web.Components.Train;

/// <summary>The choice of first weights. Looks into weights off the circuit's thread, and shows only what belongs to the newest choice.</summary>
public sealed partial class StartFrom : IDisposable
{
    private const int WeightsTried = 4;

    private readonly CancellationTokenSource _leaving = new();
    private WeightsList? _weights;
    private IDisposable? _subscription;
    private (string? From, Experiment Experiment, TrainingOptions? Options)? _shown;
    private (Experiment Experiment, InputGeometry Geometry, long Parameters)? _suggestedFor;
    private TransferReport? _preview;
    private Suggestion? _suggestion;
    private string? _problem;

    [Parameter, EditorRequired]
    public required RunDraft Draft { get; set; }

    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Inject]
    public required PredictionService Predictions { get; init; }

    [Inject]
    public required RunService Runs { get; init; }

    private WeightsChoice? Chosen => _weights!.All.FirstOrDefault(choice => choice.Id == Draft.From);

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
        _subscription?.Dispose();
    }

    protected override void OnInitialized()
    {
        _weights = new WeightsList(Predictions);
        _subscription = Runs.OnChanged(run => _ = InvokeAsync(() => Follow(run)));
    }

    protected override async Task OnParametersSetAsync()
    {
        await PreviewAsync();
        await SuggestAsync();
    }

    private void Follow(RunRecord? run)
    {
        if (_weights!.Follow(run))
        {
            StateHasChanged();
        }
    }

    private async Task ChooseAsync(string? id)
    {
        Draft.From = string.IsNullOrEmpty(id) ? null : id;
        await PreviewAsync();
        await OnChanged.InvokeAsync();
    }

    /// <summary>What the chosen weights would bring to the model of the form, as it stands.</summary>
    private async Task PreviewAsync()
    {
        var asked = (Draft.From, Draft.Experiment, Draft.Options);
        if (_shown == asked)
        {
            return;
        }

        _shown = asked;
        var (report, problem) = Draft is { From: not null, Options: not null } ? await TryAsync(Draft.ToRequest()) : default;
        if (_shown == asked)
        {
            (_preview, _problem) = (report, problem);
        }
    }

    /// <summary>Among the best weights of the phase before, those that carry most over; looked for anew when the form's model changes.</summary>
    private async Task SuggestAsync()
    {
        if (Draft.Options is not { } options)
        {
            return;
        }

        var model = (Draft.Experiment, Draft.Experiment.Geometry(options), Draft.Experiment.Cost(options).Parameters);
        if (_suggestedFor == model)
        {
            return;
        }

        (_suggestedFor, _suggestion) = (model, null);
        var request = Draft.ToRequest();
        var before = Draft.Experiment.Predecessors;
        foreach (var weights in _weights!.All.Where(choice => !choice.Live && before.Contains(choice.Experiment)).OrderByDescending(ValueOf).Take(WeightsTried))
        {
            var (report, _) = await TryAsync(request with { From = weights.Id });
            if (_suggestedFor != model)
            {
                return;                                  // the form has moved on meanwhile
            }

            if (report?.CarriedOver > (_suggestion?.Report.CarriedOver ?? 0))
            {
                _suggestion = new Suggestion(weights, report);
            }
        }
    }

    private async Task<(TransferReport?, string?)> TryAsync(RunRequest request)
    {
        try
        {
            return (await Runs.PreviewTransferAsync(request, _leaving.Token), null);
        }
        catch (Exception e) when (e is RunException or OptionException or CheckpointException or IOException)
        {
            return (null, e.Message);
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            return default;
        }
    }

    private static double ValueOf(WeightsChoice choice) => ExperimentCatalog.Find(choice.Experiment).Card.PrimaryMetric.In(choice.Metrics) ?? 0;

    private sealed record Suggestion(WeightsChoice Weights, TransferReport Report);
}

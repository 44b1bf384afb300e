using Microsoft.AspNetCore.Components;
using VitLab.Experiments;
using VitLab.Web.Components.Train;
using VitLab.Web.Predictions;
using VitLab.Web.Runs;
using static VitLab.Web.Components.Shared.Figures;

namespace VitLab.Web.Components.Home;

/// <summary>The first five seconds: a trained model reading as a hand draws, and one button.</summary>
public sealed partial class HomePage : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private readonly Experiment _experiment = ExperimentCatalog.All[0];
    private WeightsChoice? _reader;
    private RunRecord? _open;
    private Forecast? _forecast;
    private IDisposable? _subscription;

    [Inject]
    public required PredictionService Predictions { get; init; }

    [Inject]
    public required RunService Runs { get; init; }

    [Inject]
    public required Forecaster Forecaster { get; init; }

    private string ForecastLine
    {
        get
        {
            var expected = Percent(_experiment.Presets[0].Expected, 1);
            return _forecast?.Total is null ? $"About {expected} right expected; timing this machine …" : $"≈ {Forecast.Words(_forecast.Total)} to {expected} on this machine";
        }
    }

    protected override void OnInitialized()
    {
        _subscription = Runs.OnChanged(run => _ = InvokeAsync(() => Follow(run)));
        _reader = Predictions.Choices().Where(choice => choice.Experiment == _experiment.Id).OrderBy(choice => choice.Live).FirstOrDefault();
        _forecast = Forecaster.Of(_experiment, _experiment.Presets[0].Options);
        FindOpenRun();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || _forecast?.Total is not null)
        {
            return;
        }

        if (await Forecaster.MeasureAsync(_experiment, _leaving.Token))
        {
            _forecast = Forecaster.Of(_experiment, _experiment.Presets[0].Options);
            StateHasChanged();
        }
    }

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
        _subscription?.Dispose();
    }

    private void Follow(RunRecord? run)
    {
        if (run is null || run.Id == _open?.Id || run.IsOpen)
        {
            FindOpenRun();
            StateHasChanged();
        }
    }

    private void FindOpenRun() => _open = Runs.List().Where(run => run.IsOpen).OrderByDescending(run => run.State == RunState.Running).FirstOrDefault();

    private static string Done(RunRecord run) => $"{Percent((double)run.Step / run.TotalSteps, 0)} done";

    private static string Progress(RunRecord run) => run switch
    {
        { TotalSteps: 0 } => "",
        _ when run.Card.PrimaryMetric.In(run.Best) is { } best => $"{Done(run)}, {InSentence(run.Card.PrimaryMetric.Title)} {Percent(best, 1)} so far",
        _ => Done(run),
    };
}

using System.Globalization;
using Microsoft.AspNetCore.Components;
using VitLab.Experiments;
using VitLab.Models;
using VitLab.Training;
using VitLab.Web.Components.Shared;
using VitLab.Web.Probes;
using VitLab.Web.Runs;

namespace VitLab.Web.Components.Train;

/// <summary>
/// The live page. It owns no run: it shows the one of the address (or the one that is open), asks the service for what a hand wants,
/// and renders again when the service says that something changed.
/// </summary>
public sealed partial class TrainPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private readonly CancellationTokenSource _measuring = new();
    private IDisposable? _runsChanged;
    private IDisposable? _probesChanged;
    private RunDraft _draft = RunDraft.Of(ExperimentCatalog.All[0], ExperimentCatalog.All[0].Presets[0]);
    private Experiment? _measured;
    private RunRecord? _run;
    private string? _shownId;
    private string? _addressedId;
    private string? _missing;
    private IReadOnlyList<RunRecord> _recent = [];
    private IReadOnlyList<OptionProblem> _problems = [];
    private LivePanels? _panels;
    private bool _busy;
    private bool _setupOpen;
    private int _refreshing;

    [SupplyParameterFromQuery(Name = "run")]
    public string? RunId { get; set; }

    /// <summary>The task to set up, when the address names one.</summary>
    [SupplyParameterFromQuery(Name = "experiment")]
    public string? ExperimentId { get; set; }

    [SupplyParameterFromQuery(Name = "preset")]
    public string? PresetId { get; set; }

    /// <summary>Settings over the preset: "depth=6".</summary>
    [SupplyParameterFromQuery(Name = "set")]
    public string[]? Settings { get; set; }

    [Inject]
    public required RunService Runs { get; init; }

    [Inject]
    public required PinnedProbes Pinned { get; init; }

    [Inject]
    public required Forecaster Forecaster { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private IReadOnlyList<OptionDifference> Differences => _run is { IsOpen: true } run ? _draft.DifferencesFrom(run) : [];

    private string DraftForecast => _draft.Options is not { } options
        ? "some settings need correction"
        : Forecaster.Of(_draft.Experiment, options) is { Total: not null } forecast
            ? $"≈ {Forecast.Words(forecast.Total)} for {options.Epochs} epochs here · {Figures.Bytes(forecast.Memory.Total)} of memory"
            : "measuring this machine …";

    /// <summary>What the chosen device lacks for the settings as they stand; null when they fit.</summary>
    private OptionProblem? MemoryProblem => _draft.Options is { } options ? MemoryForecast.Problem(_draft.Experiment, options, Hardware.This.FindOrBest(_draft.Device)) : null;

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
        _measuring.Cancel();
        _measuring.Dispose();
        _runsChanged?.Dispose();
        _probesChanged?.Dispose();
    }

    protected override void OnInitialized()
    {
        _runsChanged = Runs.OnChanged(_ => RefreshSoon());
        _probesChanged = Pinned.OnChanged(() => InvokeAsync(() => _panels?.ProbesChangedAsync() ?? Task.CompletedTask));
    }

    protected override void OnParametersSet()
    {
        _addressedId = string.IsNullOrEmpty(RunId) ? _addressedId : null;
        Refresh();
        if (RunDraft.Of(ExperimentId, PresetId, Settings) is { } wanted)
        {
            _setupOpen = true;
            _draft = PresetId is null && _draft.Experiment == wanted.Experiment ? _draft : wanted;
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_run is not null && string.IsNullOrEmpty(RunId) && _addressedId != _run.Id)
        {
            _addressedId = _run.Id;
            Navigation.NavigateTo(AddressOf(_run), replace: true);   // a reload or a shared link shows the same run
        }

        if (_measured != _draft.Experiment)
        {
            _measured = _draft.Experiment;
            if (await Forecaster.MeasureAsync(_measured, _measuring.Token))
            {
                StateHasChanged();
            }
        }
    }

    private static string AddressOf(RunRecord run) => $"/train?run={Uri.EscapeDataString(run.Id)}";

    private static string Subtitle(RunRecord run) => string.Join(" · ",
        new[] { run.Experiment, run.Preset, run.DataDescription, run.Test is null ? "" : $"test {Figures.Metrics(run.Card, run.Test)}" }.Where(text => text.Length > 0));

    /// <summary>Changes that come while one is waiting to be shown are shown with it.</summary>
    private void RefreshSoon()
    {
        if (Interlocked.Exchange(ref _refreshing, 1) == 0)
        {
            _ = InvokeAsync(() =>
            {
                Volatile.Write(ref _refreshing, 0);
                Refresh();
                StateHasChanged();
            });
        }
    }

    private void Refresh()
    {
        var runs = Runs.List();
        _busy = runs.Any(run => run.IsOpen);
        _run = string.IsNullOrEmpty(RunId) ? Shown() ?? runs.FirstOrDefault(run => run.State is RunState.Running or RunState.Paused) : Runs.Find(RunId);
        _missing = _run is null && !string.IsNullOrEmpty(RunId) ? RunId : null;
        _recent = [.. runs.Where(run => run.IsOpen).Reverse().Concat(runs.Where(run => !run.IsOpen)).Take(8)];
        if (_run is not null && _run.Id != _shownId)
        {
            _shownId = _run.Id;
            _draft = RunDraft.Of(_run);
        }
    }

    /// <summary>Without an address the page stays with what it showed, whatever state that comes to.</summary>
    private RunRecord? Shown() => _shownId is null ? null : Runs.Find(_shownId);

    /// <summary>Another preset of the same task keeps what it starts from.</summary>
    private void Choose(RunDraft draft)
    {
        draft.From = draft.Experiment == _draft.Experiment ? _draft.From : null;
        _draft = draft;
        _problems = [];
    }

    private void DraftChanged() => _problems = [];

    private async Task StartAsync()
    {
        try
        {
            _problems = [];
            await _measuring.CancelAsync();   // a run wants the whole machine
            var (request, isPair) = (_draft.ToRequest(), _draft is { AlsoFromScratch: true, From: not null });
            var run = await Runs.StartAsync(request, _leaving.Token);
            if (isPair)
            {
                await Runs.StartAsync(request with { From = null, Name = $"{run.Name} from scratch" }, _leaving.Token);
            }

            _setupOpen = false;
            Navigation.NavigateTo(AddressOf(run));
        }
        catch (OptionException e)
        {
            _problems = _draft.Show(e.Problems);
            _setupOpen = true;
        }
        catch (RunException e)
        {
            _problems = _draft.Show([new OptionProblem(e.Field, e.Message)]);
            _setupOpen = true;
        }
    }

    private async Task RestartAsync()
    {
        if (_draft.Options is null)
        {
            return;
        }

        if (_run is { IsOpen: true } run)
        {
            await Runs.CommandAsync(run.Id, new StopRun(), _leaving.Token);
        }

        await StartAsync();
    }

    /// <summary>The settings of a failed run in the form, with a gentler learning rate.</summary>
    private void Retry(RunRecord run)
    {
        _draft = RunDraft.Of(run);
        var rate = _draft.Fields.Single(field => field.Key == "learningRate");
        _draft.Set(rate, (run.Options.LearningRate / 10).ToString("0.######", CultureInfo.InvariantCulture));
        _setupOpen = true;
    }
}

using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using VitLab.Experiments;
using VitLab.Insight;
using VitLab.Web.Components.Shared;
using VitLab.Web.Components.Train;

namespace VitLab.Web.Components.Models;

/// <summary>
/// The models of the lab, part by part, with knobs that show what they cost. The address is the whole setup, so that a reload and a link show the same model. While a knob
/// stands wrong, the last model that can be built stays in sight.
/// </summary>
public sealed partial class ModelsPage : ComponentBase, IDisposable
{
    private const string ModelGroup = "Model";

    private readonly CancellationTokenSource _leaving = new();
    private RunDraft _draft = null!;
    private StageTree _tree = null!;
    private Experiment? _measured;

    [SupplyParameterFromQuery(Name = "experiment")]
    public string? ExperimentId { get; set; }

    [SupplyParameterFromQuery(Name = "preset")]
    public string? PresetId { get; set; }

    /// <summary>Settings over the preset: "depth=6".</summary>
    [SupplyParameterFromQuery(Name = "set")]
    public string[]? Settings { get; set; }

    [Inject]
    public required Forecaster Forecaster { get; init; }

    [Inject]
    public required IJSRuntime Script { get; init; }

    private Forecast Now => Forecaster.Of(_draft.Experiment, _tree.Options);

    private Forecast AsPreset => Forecaster.Of(_draft.Experiment, _draft.Preset.Options);

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override void OnParametersSet()
    {
        var addressed = RunDraft.Of(ExperimentId, PresetId, Settings) ?? RunDraft.Of(ExperimentCatalog.All[0], ExperimentCatalog.All[0].Presets[0]);
        if (addressed.ToQuery() != _draft?.ToQuery())
        {
            Show(addressed);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_measured != _draft.Experiment)
        {
            _measured = _draft.Experiment;
            if (await Forecaster.MeasureAsync(_measured, _leaving.Token))
            {
                StateHasChanged();
            }
        }
    }

    private Task ChooseAsync(RunDraft draft)
    {
        Show(draft);
        return AddressAsync();
    }

    private Task ChangedAsync() => ChooseAsync(_draft);

    private void Toggle(StageRun run) => _tree.Toggle(run);

    private void Show(RunDraft draft)
    {
        _draft = draft;
        if (_tree?.Experiment != draft.Experiment)
        {
            _tree = new StageTree(draft.Experiment, draft.Options ?? draft.Preset.Options);
        }
        else if (draft.Options is { } options)
        {
            _tree.Show(options);
        }
    }

    private Task AddressAsync() => Script.WriteAddressAsync($"/models?{_draft.ToQuery()}");
}

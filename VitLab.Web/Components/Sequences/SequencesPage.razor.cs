using Microsoft.AspNetCore.Components;
using VitLab.Web.Predictions;
using VitLab.Web.Runs;

namespace VitLab.Web.Components.Sequences;

/// <summary>
/// Chooses which weights answer for each reader; they stand in the address ("/sequences?weights=sequence-sum,brave-otter-1"), so a link or a reload
/// keeps them. The board does the rest in the browser; below it are the curves of the readers' newest runs.
/// </summary>
public sealed partial class SequencesPage : IDisposable
{
    private WeightsList? _weights;
    private IReadOnlyList<SequenceTask> _tasks = [];
    private Dictionary<string, IReadOnlyList<RunRecord>> _runs = [];
    private IDisposable? _subscription;

    [Inject]
    public required PredictionService Predictions { get; init; }

    [Inject]
    public required RunService Runs { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>Ids of the weights that answer, separated by commas; a reader of which none is named keeps the one it has, first its first choice.</summary>
    [SupplyParameterFromQuery]
    public string? Weights { get; set; }

    private IEnumerable<string> Chosen => _tasks.SelectMany(task => task.Readers).Select(reader => reader.Chosen?.Id).OfType<string>();

    protected override void OnInitialized()
    {
        _subscription = Runs.OnChanged(run => _ = InvokeAsync(() => Follow(run)));
        _weights = new WeightsList(Predictions);
    }

    protected override void OnParametersSet() => Choose();

    public void Dispose() => _subscription?.Dispose();

    private void Follow(RunRecord? run)
    {
        var isMeasured = run is { Best: not null } && _runs.TryGetValue(run.Experiment, out var compared) && compared.All(known => known.Id != run.Id);
        if (_weights!.Follow(run) || isMeasured)
        {
            Choose();
            StateHasChanged();
        }
    }

    private void Choose()
    {
        var named = (Weights ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        _tasks = SequenceTask.All(_weights!.All, [.. named, .. Chosen]);
        var runs = Runs.List();
        _runs = _tasks.ToDictionary(task => task.Experiment.Id, task => task.NewestRuns(runs));
    }

    private void ChooseWeights((SequenceReader Reader, string? Weights) choice) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("weights", string.Join(',', Chosen.Except([choice.Reader.Chosen?.Id]).Append(choice.Weights))), replace: true);
}

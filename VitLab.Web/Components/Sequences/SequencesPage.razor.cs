using Microsoft.AspNetCore.Components;
using VitLab.Web.Predictions;
using VitLab.Web.Runs;

namespace VitLab.Web.Components.Sequences;

/// <summary>
/// Chooses which weights answer for each reader ("/sequences?weights=sequence-sum,brave-otter-1"). The board does the rest in the browser; below it are the curves of the readers' newest runs.
/// </summary>
public sealed partial class SequencesPage
{
    private WeightsList? _weights;
    private IReadOnlyList<SequenceTask> _tasks = [];
    private Dictionary<string, IReadOnlyList<RunRecord>> _runs = [];

    [Inject]
    public required PredictionService Predictions { get; init; }

    [Inject]
    public required RunService Runs { get; init; }

    private IEnumerable<string> Answering => _tasks.SelectMany(task => task.Readers).Select(reader => reader.Chosen?.Id).OfType<string>();

    protected override void OnInitialized()
    {
        Keep(Runs.OnChanged(run => _ = InvokeAsync(() => Follow(run))));
        _weights = new WeightsList(Predictions);
        base.OnInitialized();
    }

    private void Follow(RunRecord? run)
    {
        var isMeasured = run is { Best: not null } && _runs.TryGetValue(run.Experiment, out var compared) && compared.All(known => known.Id != run.Id);
        if (_weights!.Follow(run) || isMeasured)
        {
            Adopt();
            StateHasChanged();
        }
    }

    /// <summary>A reader of which no weights are named keeps those it has, first its first choice.</summary>
    protected override void Adopt()
    {
        var named = (Chosen("weights") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        _tasks = SequenceTask.All(_weights!.All, [.. named, .. Answering]);
        var runs = Runs.List();
        _runs = _tasks.ToDictionary(task => task.Experiment.Id, task => task.NewestRuns(runs));
    }

    private Task ChooseWeightsAsync((SequenceReader Reader, string? Weights) choice) =>
        ChooseAsync("weights", string.Join(',', Answering.Except([choice.Reader.Chosen?.Id]).Append(choice.Weights)));
}

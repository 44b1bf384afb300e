using System.Globalization;
using Microsoft.AspNetCore.Components;
using VitLab.Web.Runs;

namespace VitLab.Web.Components.Runs;

/// <summary>All runs, newest first. The address holds ids of those that are compared, separated by commas, and the percentage that their curves are to reach.</summary>
public sealed partial class RunsPage
{
    public const int MostCompared = 8;
    private const int PageSize = 100;

    private List<string> _compared = [];
    private IReadOnlyList<RunRecord> _runs = [];
    private IReadOnlyList<RunRecord> _deleted = [];
    private IReadOnlyList<UnreadableRun> _unreadable = [];
    private RunRecord? _undo;
    private string? _problem;
    private string _wanted = "";
    private int _limit = PageSize;
    private double _target = RunCurvesChart.DefaultTarget;

    [Inject]
    public required RunService Service { get; init; }

    private IEnumerable<RunRecord> Shown => _wanted.Length == 0 ? _runs : _runs.Where(Matches);

    /// <summary>In the order in which they were ticked, which is the order of their colours.</summary>
    private List<RunRecord> Compared => [.. _compared.Select(id => _runs.FirstOrDefault(run => run.Id == id)).OfType<RunRecord>()];

    protected override void OnInitialized()
    {
        Keep(Service.OnChanged(run => _ = InvokeAsync(() =>
        {
            Refresh();
            StateHasChanged();
        })));
        Refresh();
        base.OnInitialized();
    }

    protected override void Adopt()
    {
        _compared = [.. (Chosen("compare") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().Take(MostCompared)];
        _target = double.TryParse(Chosen("target"), CultureInfo.InvariantCulture, out var percent) && percent is > 0 and <= 100 ? percent / 100 : RunCurvesChart.DefaultTarget;
    }

    private void Refresh() => (_runs, _deleted, _unreadable) = (Service.List(), Service.Deleted(), Service.Unreadable());

    private void Find(ChangeEventArgs change) => (_wanted, _limit) = (change.Value?.ToString()?.Trim() ?? "", PageSize);

    private bool Matches(RunRecord run) =>
        new[] { run.Name, run.Id, run.Note, run.Options.Data, run.Preset, run.Experiment, run.State.ToString() }.Any(text => text.Contains(_wanted, StringComparison.OrdinalIgnoreCase));

    private int? ColorOf(RunRecord run) => _compared.IndexOf(run.Id) is >= 0 and var index ? index : null;

    private Task ToggleComparisonAsync(string id)
    {
        var ids = _compared.Contains(id) ? _compared.Where(each => each != id) : _compared.Append(id);
        var value = string.Join(',', ids);
        return ChooseAsync("compare", value.Length == 0 ? null : value);
    }

    private Task SetTargetAsync(double share) => ChooseAsync("target", share == RunCurvesChart.DefaultTarget ? null : Math.Round(100 * share, 4).ToString(CultureInfo.InvariantCulture));

    private Task DeleteAsync(RunRecord run) => TryAsync(async () =>
    {
        await Service.DeleteAsync(run.Id);
        _undo = run;
        if (_compared.Contains(run.Id))
        {
            await ToggleComparisonAsync(run.Id);
        }
    });

    private Task RestoreAsync(string id) => TryAsync(async () =>
    {
        await Service.RestoreAsync(id);
        _undo = _undo?.Id == id ? null : _undo;
    });

    private async Task TryAsync(Func<Task> action)
    {
        try
        {
            await action();
            _problem = null;
        }
        catch (Exception e) when (e is RunException or IOException)
        {
            _problem = e.Message;
        }

        Refresh();
    }

    private void Report(string? problem) => _problem = problem;
}

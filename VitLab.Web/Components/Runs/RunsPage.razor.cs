using Microsoft.AspNetCore.Components;
using VitLab.Web.Runs;

namespace VitLab.Web.Components.Runs;

/// <summary>All runs, newest first. What is compared lives in the address, so that a link or a reload shows the same comparison.</summary>
public sealed partial class RunsPage : IDisposable
{
    public const int MostCompared = 8;
    private const int PageSize = 100;

    private readonly List<string> _compared = [];
    private IReadOnlyList<RunRecord> _runs = [];
    private IReadOnlyList<RunRecord> _deleted = [];
    private IReadOnlyList<UnreadableRun> _unreadable = [];
    private RunRecord? _undo;
    private string? _problem;
    private string _wanted = "";
    private int _limit = PageSize;
    private IDisposable? _subscription;

    [Inject]
    public required RunService Service { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>Ids of the compared runs, separated by commas.</summary>
    [SupplyParameterFromQuery]
    public string? Compare { get; set; }

    /// <summary>Percentage that the compared curves are to reach.</summary>
    [SupplyParameterFromQuery]
    public double? Target { get; set; }

    private double TargetShare => Target is > 0 and <= 100 ? Target.Value / 100 : RunCurvesChart.DefaultTarget;

    private IEnumerable<RunRecord> Shown => _wanted.Length == 0 ? _runs : _runs.Where(Matches);

    /// <summary>In the order in which they were ticked, which is the order of their colours.</summary>
    private List<RunRecord> Chosen => [.. _compared.Select(id => _runs.FirstOrDefault(run => run.Id == id)).OfType<RunRecord>()];

    protected override void OnInitialized()
    {
        _subscription = Service.OnChanged(run => _ = InvokeAsync(() =>
        {
            Refresh();
            StateHasChanged();
        }));
        Refresh();
    }

    protected override void OnParametersSet()
    {
        _compared.Clear();
        _compared.AddRange((Compare ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().Take(MostCompared));
    }

    public void Dispose() => _subscription?.Dispose();

    private void Refresh() => (_runs, _deleted, _unreadable) = (Service.List(), Service.Deleted(), Service.Unreadable());

    private void Find(ChangeEventArgs change) => (_wanted, _limit) = (change.Value?.ToString()?.Trim() ?? "", PageSize);

    private bool Matches(RunRecord run) =>
        new[] { run.Name, run.Id, run.Note, run.Options.Data, run.Preset, run.Experiment, run.State.ToString() }.Any(text => text.Contains(_wanted, StringComparison.OrdinalIgnoreCase));

    private int? ColorOf(RunRecord run) => _compared.IndexOf(run.Id) is >= 0 and var index ? index : null;

    private void ToggleComparison(string id)
    {
        var ids = _compared.Contains(id) ? _compared.Where(each => each != id) : _compared.Append(id);
        var value = string.Join(',', ids.Take(MostCompared));
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("compare", value.Length == 0 ? null : value), replace: true);
    }

    private void SetTarget(double share) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("target", share == RunCurvesChart.DefaultTarget ? null : Math.Round(100 * share, 4)), replace: true);

    private Task DeleteAsync(RunRecord run) => TryAsync(async () =>
    {
        await Service.DeleteAsync(run.Id);
        _undo = run;
        if (_compared.Contains(run.Id))
        {
            ToggleComparison(run.Id);
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

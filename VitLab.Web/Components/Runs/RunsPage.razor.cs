using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.JSInterop;
using VitLab.Web.Components.Shared;
using VitLab.Web.Runs;

namespace VitLab.Web.Components.Runs;

/// <summary>All runs, newest first. What is compared stands in the address, so that a link or a reload shows the same comparison.</summary>
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
    private double _target = RunCurvesChart.DefaultTarget;
    private IDisposable? _subscription;

    [Inject]
    public required RunService Service { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required IJSRuntime Script { get; init; }

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
        Navigation.LocationChanged += OnLocationChanged;
        Adopt(Navigation.Uri);
        Refresh();
    }

    public void Dispose()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        _subscription?.Dispose();
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(() =>
    {
        if (!Navigation.ToBaseRelativePath(change.Location).StartsWith("runs", StringComparison.Ordinal)) return;    // this page is left
        Adopt(change.Location);
        StateHasChanged();
    });

    /// <param name="address">"/runs?compare=brave-otter-1,calm-heron-2&amp;target=97.5": ids, and the percentage that the curves are to reach.</param>
    private void Adopt(string address)
    {
        var query = QueryHelpers.ParseQuery(new Uri(address).Query);
        _compared.Clear();
        _compared.AddRange(query.GetValueOrDefault("compare").ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().Take(MostCompared));
        _target = double.TryParse(query.GetValueOrDefault("target"), CultureInfo.InvariantCulture, out var percent) && percent is > 0 and <= 100 ? percent / 100 : RunCurvesChart.DefaultTarget;
    }

    private void Refresh() => (_runs, _deleted, _unreadable) = (Service.List(), Service.Deleted(), Service.Unreadable());

    private void Find(ChangeEventArgs change) => (_wanted, _limit) = (change.Value?.ToString()?.Trim() ?? "", PageSize);

    private bool Matches(RunRecord run) =>
        new[] { run.Name, run.Id, run.Note, run.Options.Data, run.Preset, run.Experiment, run.State.ToString() }.Any(text => text.Contains(_wanted, StringComparison.OrdinalIgnoreCase));

    private int? ColorOf(RunRecord run) => _compared.IndexOf(run.Id) is >= 0 and var index ? index : null;

    private Task ToggleComparisonAsync(string id)
    {
        if (!_compared.Remove(id) && _compared.Count < MostCompared) _compared.Add(id);
        return ShowAddressAsync();
    }

    private Task SetTargetAsync(double share)
    {
        _target = share;
        return ShowAddressAsync();
    }

    private Task ShowAddressAsync() => Script.ShowAddressAsync(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["compare"] = _compared.Count == 0 ? null : string.Join(',', _compared),
        ["target"] = _target == RunCurvesChart.DefaultTarget ? null : Math.Round(100 * _target, 4),
    }));

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

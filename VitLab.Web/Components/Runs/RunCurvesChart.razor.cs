using System.Globalization;
using Microsoft.AspNetCore.Components;
using VitLab.Experiments;
using VitLab.Web.Runs;

namespace VitLab.Web.Components.Runs;

/// <summary>
/// Validation curves of up to eight runs over each other. Follows each run's events in process and hands the script whole curves, which
/// are short, at most twice a second.
/// </summary>
public sealed partial class RunCurvesChart
{
    /// <summary>95 %: high enough that a model reads well, low enough that a short run gets there.</summary>
    public const double DefaultTarget = 0.95;

    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<string, (RunCurve Curve, CancellationTokenSource Leaving)> _followed = [];
    private (string Names, double Target)? _shown;
    private bool _dirty;

    /// <summary>In the order of their colours.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<RunRecord> Runs { get; set; }

    /// <summary>Key of what is drawn at first; the primary metric by default.</summary>
    [Parameter]
    public string? Measure { get; set; }

    /// <summary>Share that a curve is to reach; the script marks where each does.</summary>
    [Parameter]
    public double Target { get; set; } = DefaultTarget;

    [Parameter]
    public EventCallback<double> OnTarget { get; set; }

    [Inject]
    public required RunService Service { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    protected override string Module => "runs/curves-chart";

    /// <summary>What at least one of the runs is measured by, primary metrics first.</summary>
    private IEnumerable<Metric> Metrics => Runs.Select(run => run.Card.PrimaryMetric).Concat(Runs.SelectMany(run => run.Card.Metrics)).DistinctBy(metric => metric.Key);

    protected override async Task OnParametersSetAsync()
    {
        foreach (var id in _followed.Keys.Except(Runs.Select(run => run.Id)).ToList())
        {
            StopFollowing(id);
        }

        foreach (var run in Runs.Where(run => !_followed.ContainsKey(run.Id)))
        {
            var entry = _followed[run.Id] = (new RunCurve(run.Options.BatchSize, run.Card.Metrics), new CancellationTokenSource());
            _ = FollowAsync(run.Id, entry.Curve, entry.Leaving.Token);
        }

        var shown = (string.Join('\n', Runs.Select(run => $"{run.Id} {run.Name}")), Target);
        if (_shown != shown)
        {
            _shown = shown;
            await SendAsync();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var id in _followed.Keys.ToList())
        {
            StopFollowing(id);
        }

        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private void StopFollowing(string id)
    {
        if (_followed.Remove(id, out var entry))
        {
            entry.Leaving.Cancel();
            entry.Leaving.Dispose();
        }
    }

    private async Task FollowAsync(string id, RunCurve curve, CancellationToken ct)
    {
        try
        {
            await foreach (var happened in Service.WatchAsync(id, 0, ct))
            {
                if (curve.Add(happened))
                {
                    _ = InvokeAsync(SendSoonAsync);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or RunNotFoundException)
        {
            // Taken out of the comparison, or deleted.
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    /// <summary>Points that come while one sending waits go with it.</summary>
    private async Task SendSoonAsync()
    {
        if (_dirty)
        {
            return;
        }

        _dirty = true;
        await Task.Delay(s_interval, Clock);
        _dirty = false;
        await SendAsync();
    }

    private Task SendAsync() => CallAsync("show", Runs
        .Where(run => _followed.ContainsKey(run.Id))
        .Select(run => (run, _followed[run.Id].Curve))
        .Select(pair => new
        {
            id = pair.run.Id,
            name = pair.run.Name,
            steps = pair.Curve.Steps,
            start = StartOf(pair.run),
            samples = pair.Curve.Samples,
            seconds = pair.Curve.Seconds,
            values = pair.Curve.Values.ToDictionary(column => column.Key, column => column.Value.Select(Finite)),
        })
        .ToList(), Target);

    /// <summary>What the weights were at step 0: a fork goes on from somewhere in between.</summary>
    private static string StartOf(RunRecord run) => run.Origin switch { null => "scratch", { Continues: true } => "fork", _ => "transfer" };

    private Task SetTargetAsync(ChangeEventArgs change) =>
        double.TryParse(change.Value as string, NumberStyles.Float, CultureInfo.InvariantCulture, out var percent) && percent is > 0 and <= 100 ? OnTarget.InvokeAsync(percent / 100) : Task.CompletedTask;

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}

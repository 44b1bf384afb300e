using Microsoft.AspNetCore.Components;
using VitLab.Experiments;
using VitLab.Web.Components.Shared;
using VitLab.Web.Runs;

namespace VitLab.Web.Components.Train;

public partial class LivePanels : ScriptedComponent
{
    private (RunState State, double ActiveSeconds) _told;

    /// <summary>The run that is watched; the page gives another one another instance (@key).</summary>
    [Parameter, EditorRequired]
    public required RunRecord Run { get; set; }

    /// <summary>The buttons, above the numbers.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    protected override string Module => "train/live";

    protected override object? Options => new
    {
        RunId = Run.Id,
        Classes = Experiment.Classes(Run.Options),
        Experiment.IsRegression,
        Metrics,
        Expected = ExpectedShare,
        Status,
    };

    private Experiment Experiment => ExperimentCatalog.Find(Run.Experiment);

    private IReadOnlyList<Metric> Metrics => Run.Card.Metrics;

    private string MetricsLabel => $"{string.Join(" and ", Metrics.Select(metric => metric.Title))} on the validation split, by step; the table below has the values";

    /// <summary>Value of the primary metric that a run of this preset reaches.</summary>
    private double? ExpectedShare => Experiment.Presets.FirstOrDefault(preset => preset.Id == Run.Preset)?.Expected;

    private object Status => new { State = Run.State.ToString(), Run.ActiveSeconds, Run.Options.BatchSize };

    /// <summary>A drawing was pinned or unpinned.</summary>
    public Task ProbesChangedAsync() => CallAsync("probesChanged");

    protected override Task OnCreatedAsync() => TellAsync();

    protected override Task OnParametersSetAsync() => TellAsync();

    /// <summary>The stream carries no state and no clock: those are told when they change, the clock once a second.</summary>
    private Task TellAsync()
    {
        if (_told.State == Run.State && Math.Abs(_told.ActiveSeconds - Run.ActiveSeconds) < 1)
        {
            return Task.CompletedTask;
        }

        _told = (Run.State, Run.ActiveSeconds);
        return CallAsync("update", Status);
    }
}

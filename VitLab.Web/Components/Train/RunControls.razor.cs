using System.Globalization;
using Microsoft.AspNetCore.Components;
using VitLab.Web.Runs;

namespace VitLab.Web.Components.Train;

public partial class RunControls
{
    private const string Play = "M4 2.5v11l9-5.5z";
    private const string Bars = "M4 3h3v10H4zM9 3h3v10H9z";
    private const string Wait = "M5 2h6v3L8.7 8 11 11v3H5v-3l2.3-3L5 5z";
    private int _steps = 100;
    private string? _pending;
    private string? _problem;

    /// <summary>The run that is shown; null before the first.</summary>
    [Parameter]
    public RunRecord? Run { get; set; }

    /// <summary>Another run is open, so that a new one would wait behind it.</summary>
    [Parameter]
    public bool IsBusy { get; set; }

    /// <summary>Starts a run with the settings of the form.</summary>
    [Parameter]
    public EventCallback OnStart { get; set; }

    [Inject]
    public required RunService Runs { get; init; }

    private bool CanCommand => _pending is null && Run?.State is RunState.Running or RunState.Paused;

    private MainCommand Main => Run?.State switch
    {
        RunState.Running => new("Pause", "Pause", Bars, "Pauses at the next step; nothing is lost (Space)", () => Command(new PauseRun())),
        RunState.Paused => new("Resume", "Resume", Play, "Goes on exactly where it paused (Space)", () => Command(new ResumeRun())),
        RunState.Queued => new("Queued", "Queued", Wait, "Starts when the runs before it are done", null),
        _ when IsBusy => new("Start", "Queue run", Play, "Starts when the runs before it are done (Space)", () => OnStart.InvokeAsync()),
        _ => new("Start", "Start training", Play, "Trains with the settings chosen under “New run” (Space)", () => OnStart.InvokeAsync()),
    };

    private string? Acknowledgment => _problem ?? (_pending is not null ? $"{_pending} …" : Run switch
    {
        { Activity: { Length: > 0 } activity } => activity,
        { State: RunState.Paused } run => string.Create(CultureInfo.InvariantCulture, $"Paused at step {run.Step:N0}"),
        { State: RunState.Running, StepsUntilPause: { } left } => string.Create(CultureInfo.InvariantCulture, $"{left:N0} more steps, then pause"),
        _ => null,
    });

    private Task Command(RunCommand command) => Runs.CommandAsync(Run!.Id, command);

    private Task StepsAsync(int steps) => ActAsync(steps == 1 ? "Step" : "Run", () => Command(new RunSteps(steps)));

    private void SetSteps(ChangeEventArgs change)
    {
        if (int.TryParse(change.Value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var steps))
        {
            _steps = Math.Clamp(steps, 1, 100_000);
        }
    }

    /// <summary>The button stays pressed until the command has landed, so that it never promises what has not happened.</summary>
    private async Task ActAsync(string name, Func<Task> act)
    {
        (_pending, _problem) = (name, null);
        try
        {
            await act();
        }
        catch (RunException e)
        {
            _problem = e.Message;
        }
        finally
        {
            _pending = null;
        }
    }

    private sealed record MainCommand(string Name, string Words, string Icon, string Hint, Func<Task>? Act);
}

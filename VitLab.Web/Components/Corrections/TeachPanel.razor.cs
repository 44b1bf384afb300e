using Microsoft.AspNetCore.Components;
using VitLab.Experiments;
using VitLab.Models;
using VitLab.Web.Corrections;
using VitLab.Web.Predictions;
using VitLab.Web.Runs;

namespace VitLab.Web.Components.Corrections;

/// <summary>Starts lessons, follows them, and asks for the verdict.</summary>
public sealed partial class TeachPanel : IDisposable
{
    private readonly Dictionary<string, (RunState, TeachingVerdict?)> _known = [];
    private IReadOnlyList<WeightsChoice> _pupils = [];
    private IReadOnlyList<RunRecord> _lessons = [];
    private string? _chosen;
    private string? _problem;
    private IDisposable? _subscription;

    /// <summary>How many there are to teach.</summary>
    [Parameter, EditorRequired]
    public int Corrections { get; set; }

    [Inject]
    public required TeachingService Teaching { get; init; }

    [Inject]
    public required RunService Runs { get; init; }

    private RunRecord? Training => Runs.List().FirstOrDefault(run => run.State == RunState.Running);

    /// <summary>Why there is nothing to start, for people; null when there is.</summary>
    private string? WhyNot => Corrections == 0 ? "There are no corrections yet."
        : _pupils.Count == 0 ? "No weights can be taught yet: train a model first."
        : _lessons.Any(lesson => lesson.IsOpen) ? "A lesson is going on."
        : null;

    protected override void OnInitialized()
    {
        _subscription = Runs.OnChanged(run => _ = InvokeAsync(() => Follow(run)));
        Refresh();
    }

    public void Dispose() => _subscription?.Dispose();

    /// <summary>Steps of other runs change nothing here.</summary>
    private void Follow(RunRecord? run)
    {
        if (run is not null)
        {
            var state = (run.State, run.Teaching?.Verdict);
            if (run.Teaching is null && _known.TryGetValue(run.Id, out var known) && known == state)
            {
                return;
            }

            _known[run.Id] = state;
        }

        Refresh();
        StateHasChanged();
    }

    private void Refresh()
    {
        (_pupils, _lessons) = (Teaching.Pupils(), Teaching.List());
        if (!_pupils.Any(pupil => pupil.Id == _chosen))
        {
            _chosen = _pupils.Count > 0 ? _pupils[0].Id : null;
        }
    }

    private static bool IsUndecided(RunRecord lesson) => lesson.Teaching!.Verdict == TeachingVerdict.Pending;

    private Task StartAsync() => TryAsync(() => Teaching.StartAsync(_chosen!));

    private Task Decide(RunRecord lesson, bool accepted) => TryAsync(() =>
    {
        Teaching.Decide(lesson.Id, accepted);
        _chosen = null;                                  // whoever answers now is the next to be taught
        return Task.CompletedTask;
    });

    private async Task TryAsync(Func<Task> action)
    {
        _problem = null;
        try
        {
            await action();
        }
        catch (Exception e) when (e is RunException or OptionException or CheckpointException or IOException)
        {
            _problem = e.Message;
        }

        Refresh();
    }
}

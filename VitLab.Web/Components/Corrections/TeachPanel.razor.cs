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
    private IReadOnlyList<RunRecord> _lessons = [];
    private WeightsList? _weights;
    private string? _wanted;
    private string? _problem;
    private string? _news;
    private IDisposable? _subscription;

    /// <summary>How many there are to teach.</summary>
    [Parameter, EditorRequired]
    public int Corrections { get; set; }

    [Inject]
    public required TeachingService Teaching { get; init; }

    [Inject]
    public required PredictionService Predictions { get; init; }

    [Inject]
    public required RunService Runs { get; init; }

    private IReadOnlyList<WeightsChoice> Pupils => TeachingService.Pupils(_weights!.All);

    private WeightsChoice? Chosen => WeightsList.Pick(Pupils, _wanted);

    private RunRecord? Training => Runs.List().FirstOrDefault(run => run.State == RunState.Running);

    /// <summary>Why there is nothing to start, for people; null when there is.</summary>
    private string? WhyNot => Corrections == 0 ? "There are no corrections yet."
        : Chosen is null ? "No weights can be taught yet: train a model first."
        : _lessons.Any(lesson => lesson.IsOpen) ? "A lesson is going on."
        : null;

    protected override void OnInitialized()
    {
        _subscription = Runs.OnChanged(run => _ = InvokeAsync(() => Follow(run)));
        (_weights, _lessons) = (new WeightsList(Predictions), Teaching.List());
    }

    public void Dispose() => _subscription?.Dispose();

    /// <summary>Steps of other runs change nothing here.</summary>
    private void Follow(RunRecord? run)
    {
        if (_weights!.Follow(run) || run?.Teaching is not null)
        {
            _lessons = Teaching.List();
            StateHasChanged();
        }
    }

    /// <summary>Of several that were accepted for a task, the newest verdict's answers first.</summary>
    private bool Answers(RunRecord lesson) => lesson == _lessons
        .Where(other => other.Experiment == lesson.Experiment && other.Teaching!.Verdict == TeachingVerdict.Accepted)
        .MaxBy(other => other.Teaching!.Decided);

    private static bool IsUndecided(RunRecord lesson) => lesson.Teaching!.Verdict == TeachingVerdict.Pending;

    private Task StartAsync() => TryAsync(() => Teaching.StartAsync(Chosen!.Id));

    private Task Decide(RunRecord lesson, bool accepted) => TryAsync(() =>
    {
        Teaching.Decide(lesson.Id, accepted);
        _wanted = null;                                  // whoever answers now is the next to be taught
        _news = accepted ? $"{lesson.Name} answers from now on." : $"{lesson.Name} answers nobody.";
        return Task.CompletedTask;
    });

    private async Task TryAsync(Func<Task> action)
    {
        (_problem, _news) = (null, null);
        try
        {
            await action();
        }
        catch (Exception e) when (e is RunException or OptionException or CheckpointException or IOException)
        {
            _problem = e.Message;
        }

        _lessons = Teaching.List();
    }
}

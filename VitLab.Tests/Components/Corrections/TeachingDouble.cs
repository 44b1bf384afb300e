using VitLab.Tests.Components.Train;
using VitLab.Web.Corrections;
using VitLab.Web.Runs;

namespace VitLab.Tests.Components.Corrections;

/// <summary>Lessons are the runs of the test that have a teaching record; remembers what it was asked.</summary>
internal sealed class TeachingDouble(RunsDouble runs) : TeachingService
{
    public List<string> Started { get; } = [];

    /// <summary>Thrown by the next start or verdict.</summary>
    public Exception? Refusal { get; set; }

    public override IReadOnlyList<RunRecord> List() => [.. runs.List().Where(run => run.Teaching is not null)];

    public override Task<RunRecord> StartAsync(string weights, CancellationToken ct = default)
    {
        if (Refusal is not null) return Task.FromException<RunRecord>(Refusal);
        Started.Add(weights);
        var run = Lesson(RunState.Queued);
        runs.Change(run);
        return Task.FromResult(run);
    }

    public override RunRecord Decide(string id, bool accepted)
    {
        if (Refusal is not null) throw Refusal;
        var run = runs.Find(id)!;
        run = run with { Teaching = run.Teaching! with { Verdict = accepted ? TeachingVerdict.Accepted : TeachingVerdict.Rejected, Decided = DateTimeOffset.UnixEpoch } };
        runs.Change(run);
        return run;
    }

    public static RunRecord Lesson(RunState state, double? test = null) => RunsDouble.Run(state, "lucky-wolf-1") with
    {
        Step = state == RunState.Completed ? 60 : 0,
        TotalSteps = state == RunState.Completed ? 60 : 0,
        Teaching = new Teaching("single-digit", 5)
        {
            Before = state == RunState.Queued ? null : Scores(0.2, 0.9924),
            After = test is { } value ? Scores(1, value) : null,
        },
    };

    private static TeachingScores Scores(double corrections, double test) =>
        new(new Dictionary<string, double> { ["accuracy"] = corrections }, new Dictionary<string, double> { ["accuracy"] = test });
}

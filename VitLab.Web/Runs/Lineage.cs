namespace VitLab.Web.Runs;

/// <summary>Where a run's weights come from, and which other run differs from it in nothing else.</summary>
public static class Lineage
{
    private const int LongestChain = 20;

    /// <summary>From the oldest weights known to those the run itself started with; empty for a run from scratch.</summary>
    /// <param name="find">A run by its id; null when it is a shipped checkpoint or has been deleted.</param>
    public static IReadOnlyList<Ancestor> Of(RunRecord run, Func<string, RunRecord?> find)
    {
        var chain = new List<Ancestor>();
        for (RunRecord? child = run; child?.Origin is { } origin && chain.Count < LongestChain;)
        {
            var parent = find(origin.RunId);
            chain.Insert(0, new Ancestor(parent?.Name ?? origin.RunId, parent?.Id, origin));
            child = parent;
        }

        return chain;
    }

    /// <summary>The newest run with the same task and settings that started from scratch when this one took weights over, or the other way round.</summary>
    public static RunRecord? TwinOf(RunRecord run, IEnumerable<RunRecord> all) =>
        run.Origin is { Continues: true } || run.Teaching is not null
            ? null
            : all.FirstOrDefault(other => other.Experiment == run.Experiment && other.Options == run.Options
                && other.Origin is not { Continues: true } && other.Teaching is null && other.Origin is null != run.Origin is null);
}

/// <param name="Name">For people.</param>
/// <param name="RunId">Null for weights that are no run of this lab (any more): a shipped checkpoint, a deleted run.</param>
/// <param name="Origin">As the run that was started from it recorded it.</param>
public sealed record Ancestor(string Name, string? RunId, RunOrigin Origin);

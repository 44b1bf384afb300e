namespace VitLab.Insight;

/// <summary>Stages one behind the other that are alike.</summary>
public sealed record StageRun(IReadOnlyList<CostStage> Stages)
{
    /// <summary>What they are all like.</summary>
    public CostStage First => Stages[0];

    public int Count => Stages.Count;

    public long Parameters => Count * First.Parameters;

    public long ForwardFlops => Count * First.ForwardFlops;

    public long ActivationBytes => Count * First.ActivationBytes;

    /// <summary>The same stages in the same order, neighbours that are alike together.</summary>
    public static IReadOnlyList<StageRun> Of(IEnumerable<CostStage> stages)
    {
        List<List<CostStage>> runs = [];
        foreach (var stage in stages)
        {
            if (runs is [.., var last] && last[0].IsLike(stage))
            {
                last.Add(stage);
            }
            else
            {
                runs.Add([stage]);
            }
        }

        return [.. runs.Select(run => new StageRun(run))];
    }
}

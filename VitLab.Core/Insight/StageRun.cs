namespace VitLab.Insight;

/// <summary>Stages one behind the other that are alike.</summary>
public sealed record StageRun(IReadOnlyList<CostStage> Stages)
{
    /// <summary>What they are all like.</summary>
    public CostStage First => Stages[0];

    public int Count => Stages.Count;

    public long Parameters => Stages.Sum(stage => stage.Parameters);

    public long ForwardFlops => Stages.Sum(stage => stage.ForwardFlops);

    public long ActivationBytes => Stages.Sum(stage => stage.ActivationBytes);

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

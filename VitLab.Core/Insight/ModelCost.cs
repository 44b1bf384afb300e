namespace VitLab.Insight;

/// <summary>What a model costs, part by part and in all. A training step is counted as three forward passes (one forward, two backward).</summary>
/// <param name="Stages">From what is read to what is answered.</param>
public sealed record ModelCost(IReadOnlyList<CostStage> Stages)
{
    /// <summary>Trainable numbers.</summary>
    public long Parameters { get; } = Stages.Sum(stage => stage.Parameters);

    /// <summary>Floating-point operations to read one sample, a multiply-add counted as two.</summary>
    public long ForwardFlops { get; } = Stages.Sum(stage => stage.ForwardFlops);

    /// <summary>What a training step holds of one sample until its gradients are known: the result of every operation, and what operations keep beside it.</summary>
    public long ActivationBytes { get; } = Stages.Sum(stage => stage.ActivationBytes);

    public long TrainingFlops => 3 * ForwardFlops;
}

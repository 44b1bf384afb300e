namespace VitLab.Insight;

/// <summary>What a model costs. A training step is counted as three forward passes (one forward, two backward).</summary>
/// <param name="Parameters">Trainable numbers.</param>
/// <param name="ForwardFlops">Floating-point operations to read one picture, a multiply-add counted as two.</param>
public sealed record ModelCost(long Parameters, long ForwardFlops)
{
    public long TrainingFlops => 3 * ForwardFlops;
}

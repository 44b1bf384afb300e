namespace VitLab.Models;

/// <summary>
/// Stochastic depth: while training, a sample's branch is dropped with this probability and the others are scaled up to keep the mean.
/// Huang et al., Deep Networks with Stochastic Depth, https://arxiv.org/abs/1603.09382.
/// </summary>
public sealed class DropPath : Module<Tensor, Tensor>
{
    private readonly double _probability;

    public DropPath(double probability)
        : base(nameof(DropPath)) => _probability = probability;

    /// <summary>The paper's linear rule: from 0 in the first block to <paramref name="last"/> in the last.</summary>
    public static DropPath OfBlock(int index, int depth, double last) => new(depth == 1 ? last : last * index / (depth - 1));

    public override Tensor forward(Tensor input)
    {
        if (!training || _probability == 0)
        {
            return input;
        }

        var kept = functional.dropout(torch.ones(input.shape[0], 1, 1, device: input.device), _probability);   // 0 or 1 / (1 - p) per sample
        return input * kept;
    }
}

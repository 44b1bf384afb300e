using VitLab.Models;

namespace VitLab.Experiments;

/// <summary>What every task on the Vision Transformer backbone can set beside the common options: its shape and its regularisation.</summary>
public abstract record VitOptions : DigitOptions
{
    [Option("Width", "Numbers per token.", Group = "Model", Minimum = 4, Maximum = 512)]
    public int Dim { get; init; } = 64;

    [Option("Depth", "Transformer blocks, one after another.", Group = "Model", Minimum = 1, Maximum = 16, Unit = "blocks")]
    public int Depth { get; init; } = 4;

    [Option("Heads", "Attention heads per block; each sees an equal share of the width.", Group = "Model", Minimum = 1, Maximum = 16)]
    public int Heads { get; init; } = 4;

    [Option("MLP width", "Hidden units of each block's two-layer network.", Group = "Model", Minimum = 4, Maximum = 2048)]
    public int MlpDim { get; init; } = 128;

    [Option("Dropout", "Chance of dropping an activation while training.", Group = "Model", Minimum = 0, Maximum = 0.9)]
    public double Dropout { get; init; }

    [Option("Attention dropout", "Chance of dropping an attention weight while training.", Group = "Model", Minimum = 0, Maximum = 0.9)]
    public double AttentionDropout { get; init; }

    [Option("Stochastic depth", "Chance of skipping the last block for an image while training; earlier blocks less.", Group = "Model", Minimum = 0, Maximum = 0.9)]
    public double StochasticDepth { get; init; }

    /// <summary>The backbone on pictures of one channel.</summary>
    protected VitConfig ToConfig(int height, int width, int patch) => new(Channels: 1, height, width, patch, Dim, Depth, Heads, MlpDim)
    {
        Dropout = Dropout,
        AttentionDropout = AttentionDropout,
        StochasticDepth = StochasticDepth,
    };

    public override IEnumerable<OptionProblem> Conflicts()
    {
        if (Dim % Heads != 0)
        {
            yield return new OptionProblem("heads", $"expected a divisor of the width {Dim}, got {Heads}.");
        }

        foreach (var problem in base.Conflicts())
        {
            yield return problem;
        }
    }
}

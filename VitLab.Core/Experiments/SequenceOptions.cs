using VitLab.Data;
using VitLab.Models;

namespace VitLab.Experiments;

/// <summary>What every task on sequences of digits can set: which model, its shape, and how digits are varied in training.</summary>
public sealed record SequenceOptions : ConvolutionOptions
{
    internal const string Transformer = "transformer", FullyConnected = "fully-connected";

    [Option("Model", "Embeds each digit by convolutions and lets attention work on the embeddings (transformer), or takes all pixels at once into hidden layers: the baseline (fully-connected).", Group = "Model", Choices = [Transformer, FullyConnected])]
    public string Model { get; init; } = Transformer;

    [Option("Depth", "Attention blocks, one after another.", Group = "Model", Minimum = 1, Maximum = 16, Unit = "blocks")]
    public int Depth { get; init; } = 2;

    [Option("Heads", "Attention heads per block; each sees an equal share of the embedding.", Group = "Model", Minimum = 1, Maximum = 16)]
    public int Heads { get; init; } = 4;

    [Option("MLP width", "Hidden units of each block's two-layer network.", Group = "Model", Minimum = 4, Maximum = 2048)]
    public int MlpDim { get; init; } = 256;

    [Option("Hidden units", "Of each of the baseline's two hidden layers.", Group = "Model", Minimum = 1, Maximum = 2048, Unit = "units")]
    public int Hidden { get; init; } = 58;

    internal SequenceConfig ToConfig(int cells) => SequenceConfig.Of(ToEncoder(), cells, Depth, Heads, MlpDim);

    public override IEnumerable<OptionProblem> Conflicts()
    {
        if (Embedding % Heads != 0)
        {
            yield return new OptionProblem("heads", $"expected a divisor of the embedding {Embedding}, got {Heads}.");
        }

        foreach (var problem in base.Conflicts())
        {
            yield return problem;
        }
    }
}

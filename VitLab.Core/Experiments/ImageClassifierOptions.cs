using VitLab.Models;

namespace VitLab.Experiments;

/// <summary>What a run of <see cref="ImageClassifier"/> can set: the pictures, the transformer's shape and regularisation, and how training pictures are varied.</summary>
public sealed record ImageClassifierOptions : TrainingOptions
{
    [Option("Data", "Photographs in colour of animals and vehicles (cifar-10), or grey pictures of clothes (fashion-mnist).", Group = "Data", Choices = ["cifar-10", "fashion-mnist"])]
    public override string Data { get; init; } = "cifar-10";

    [Option("Patch", "Side of a patch: 4 cuts a photograph of 32 × 32 px into 64 patches; a divisor of 32 for cifar-10, of 28 for fashion-mnist.", Group = "Model", Minimum = 2, Maximum = 16, Unit = "px")]
    public int Patch { get; init; } = 4;

    [Option("Width", "Numbers per token.", Group = "Model", Minimum = 8, Maximum = 1024)]
    public int Dim { get; init; } = 192;

    [Option("Depth", "Transformer blocks, one after another.", Group = "Model", Minimum = 1, Maximum = 24, Unit = "blocks")]
    public int Depth { get; init; } = 12;

    [Option("Heads", "Attention heads per block; each sees an equal share of the width.", Group = "Model", Minimum = 1, Maximum = 16)]
    public int Heads { get; init; } = 3;

    [Option("MLP width", "Hidden units of each block's two-layer network; four times the width is usual.", Group = "Model", Minimum = 8, Maximum = 4096)]
    public int MlpDim { get; init; } = 768;

    [Option("Pooling", "What the class is read from: a token of its own (cls), or the mean of the patches (mean).", Group = "Model", Choices = ["cls", "mean"])]
    public string Pooling { get; init; } = "cls";

    [Option("Positions", "How patches know their place: a learned vector each (learned), or fixed sines and cosines of row and column (fixed).", Group = "Model", Choices = ["learned", "fixed"])]
    public string Positions { get; init; } = "learned";

    [Option("Dropout", "Chance of dropping an activation of the MLPs and projections while training.", Group = "Model", Minimum = 0, Maximum = 0.9)]
    public double Dropout { get; init; } = 0.1;

    [Option("Attention dropout", "Chance of dropping an attention weight while training.", Group = "Model", Minimum = 0, Maximum = 0.9)]
    public double AttentionDropout { get; init; } = 0.1;

    [Option("Stochastic depth", "Chance of skipping the last block for an image while training; earlier blocks less.", Group = "Model", Minimum = 0, Maximum = 0.9)]
    public double StochasticDepth { get; init; }

    [Option("Crop", "Pads a training picture by this much and cuts its size out of it anywhere.", Group = "Augmentation", Minimum = 0, Maximum = 8, Unit = "px")]
    public int CropPixels { get; init; } = 4;

    [Option("Flip", "Mirrors every other training picture; for photographs, which have a left and a right that mean nothing.", Group = "Augmentation")]
    public bool Flip { get; init; } = true;

    [Option("Mix-up", "Blends each training picture and its class with another's: 0 does not, 1 makes every share equally likely.", Group = "Augmentation", Minimum = 0, Maximum = 1)]
    public double MixUp { get; init; }

    public VitConfig ToConfig()
    {
        var shape = PictureData.Of(Data).Shape;
        return new VitConfig(shape.Channels, shape.Height, shape.Width, Patch, Dim, Depth, Heads, MlpDim)
        {
            PrefixTokens = Pooling == "cls" ? 1 : 0,
            Positions = Positions == "learned" ? PositionEncoding.Learned : PositionEncoding.SineCosine,
            Weights = WeightScale.Fixed,
            Dropout = Dropout,
            AttentionDropout = AttentionDropout,
            StochasticDepth = StochasticDepth,
        };
    }

    public override IEnumerable<OptionProblem> Conflicts()
    {
        var side = PictureData.Of(Data).Shape.Width;
        if (side % Patch != 0)
        {
            yield return new OptionProblem("patch", $"expected a divisor of the {side} px of {Data} ({string.Join(", ", Enumerable.Range(2, 15).Where(patch => side % patch == 0))}), got {Patch}.");
        }

        if (Dim % Heads != 0)
        {
            yield return new OptionProblem("heads", $"expected a divisor of the width {Dim}, got {Heads}.");
        }

        if (Positions == "fixed" && Dim % 4 != 0)
        {
            yield return new OptionProblem("dim", $"expected a multiple of 4, for sines and cosines of row and column, got {Dim}.");
        }

        if (Flip && Data == "fashion-mnist")
        {
            yield return new OptionProblem("flip", "expected false: clothes of fashion-mnist are all photographed the same way round.");
        }

        if (MixUp is > 0 and < Experiments.MixUp.LeastAlpha)
        {
            yield return new OptionProblem("mixUp", FormattableString.Invariant($"expected 0 or at least {Experiments.MixUp.LeastAlpha}, below which next to nothing is blended, got {MixUp}."));
        }

        foreach (var problem in base.Conflicts())
        {
            yield return problem;
        }
    }
}

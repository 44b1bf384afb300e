using VitLab.Models;
using static VitLab.Insight.LayerCost;

namespace VitLab.Insight;

public static partial class CostCounter
{
    private const int Kernel = 3;

    /// <summary>A convolutional encoder and a linear head on its embedding.</summary>
    /// <param name="classes">Outputs of the head.</param>
    public static ModelCost Count(DigitEncoderConfig config, int classes) => new(
    [
        Picture(1, config.Side, config.Side),
        DigitEncoder("encoder", config),
        Held(new(StageKind.Function, "ReLU", "", config.Embedding)),
        Linear(StageKind.Head, "Head", "head", config.Embedding, [classes]),
    ]);

    /// <summary>A <see cref="SequenceSummer"/> on a strip whose cells are all full.</summary>
    public static ModelCost CountSummer(SequenceConfig config)
    {
        long n = config.Vit.Tokens, d = config.Vit.Dim;
        return new(
        [
            .. Tokens(config),
            .. Enumerable.Range(0, config.Vit.Depth).Select(index => EncoderBlock($"blocks.{index}", config.Vit, index)),
            Norm("Final norm", "norm", n, d),
            Held(new(StageKind.Function, "Padding left out", "", n, d)),
            Held(new(StageKind.Pooling, "Sum of the digits", "", d)),
            Linear(StageKind.Head, "Head", "head", d, [1]),
        ]);
    }

    /// <summary>An <see cref="AnchorFinder"/> on a strip whose cells are all full.</summary>
    public static ModelCost CountFinder(SequenceConfig config) => new(
    [
        .. Tokens(config),
        Held(new(StageKind.Pooling, "The anchor", "", 1, config.Vit.Dim), results: 0),
        .. Enumerable.Range(0, config.Vit.Depth).Select(index => CrossAttentionBlock($"blocks.{index}", config.Vit)),
        Norm("Final norm", "norm", 1, config.Vit.Dim) with { Shape = [config.Vit.Dim] },
        Linear(StageKind.Head, "Head", "head", config.Vit.Dim, [1]),
    ]);

    /// <summary>The baseline on a strip of so many pixels: two hidden layers and one output.</summary>
    public static ModelCost CountFullyConnected(int height, int width, int hidden) => new(
    [
        Picture(1, height, width),
        Linear("First hidden layer", "fc1", (long)height * width, dropout: 0, hidden),
        Held(new(StageKind.Function, "ReLU", "", hidden)),
        Linear("Second hidden layer", "fc2", hidden, dropout: 0, hidden),
        Held(new(StageKind.Function, "ReLU", "", hidden)),
        Linear(StageKind.Head, "Head", "fc3", hidden, [1]),
    ]);

    /// <summary>From a strip to the embedding (N, E) of each of its digits.</summary>
    private static IEnumerable<CostStage> Tokens(SequenceConfig config)
    {
        long n = config.Vit.Patches, side = config.Encoder.Side, e = config.Encoder.Embedding;
        yield return Picture(1, side, n * side);

        yield return Held(new(StageKind.Function, "Cells", "", n, 1, side, side), results: 2);   // all of them, and those that carry a digit once more
        yield return DigitEncoder("encoder", config.Encoder, n);
        yield return Held(new(StageKind.Function, "Digits in their places", "", n, e), results: 2);
    }

    /// <param name="digits">How many are embedded at once; none leaves that number out of the shapes.</param>
    private static CostStage DigitEncoder(string path, DigitEncoderConfig config, params IReadOnlyList<long> digits)
    {
        long c = config.Channels, side = config.Side;
        return CostStage.Of(StageKind.Network, "Digit encoder", path,
        [
            Convolution("Convolution", $"{path}.conv1", inputs: 1, Kernel, [.. digits, c, side, side]),
            Pooling([.. digits, c, side / 2, side / 2]),
            Held(new(StageKind.Function, "ReLU", "", [.. digits, c, side / 2, side / 2])),
            Convolution("Convolution", $"{path}.conv2", inputs: c, Kernel, [.. digits, 2 * c, side / 2, side / 2]),
            Pooling([.. digits, 2 * c, side / 4, side / 4]),
            Held(new(StageKind.Function, "ReLU", "", [.. digits, 2 * c, side / 4, side / 4])),
            Linear("Embedding", $"{path}.fc", config.Features, dropout: 0, [.. digits, config.Embedding]),
        ]);
    }

    private static CostStage CrossAttentionBlock(string path, VitConfig config)
    {
        long n = config.Tokens, d = config.Dim;
        var residual = Residual(1, d, isDropped: false);
        return CostStage.Of(StageKind.Block, "Block", path,
        [
            Norm("Norm", $"{path}.norm1", 1, d),
            Norm("Norm of the sequence", $"{path}.norm_memory", n, d),
            CrossAttention("Cross-attention to the sequence", $"{path}.cross_attn", config, 1, n),
            residual,
            Norm("Norm", $"{path}.norm2", 1, d),
            Mlp($"{path}.mlp", config, 1),
            residual,
        ]);
    }
}

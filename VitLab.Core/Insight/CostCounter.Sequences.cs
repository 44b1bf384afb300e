using VitLab.Models;

namespace VitLab.Insight;

public static partial class CostCounter
{
    private const int KernelPixels = 3 * 3;

    /// <summary>A convolutional encoder and a linear head on its embedding.</summary>
    /// <param name="classes">Outputs of the head; 0 for the encoder alone.</param>
    public static ModelCost Count(DigitEncoderConfig config, int classes)
    {
        long c = config.Channels, side = config.Side, e = config.Embedding;
        var parameters = Linear(KernelPixels, c) + Linear(KernelPixels * c, 2 * c) + Linear(config.Features, e) + (classes == 0 ? 0 : Linear(e, classes));
        var macs = (side * side * KernelPixels * c) + (side / 2 * (side / 2) * KernelPixels * c * 2 * c) + (config.Features * e) + (e * classes);
        return new ModelCost(parameters, 2 * macs);
    }

    /// <summary>A <see cref="SequenceSummer"/> on a strip whose cells are all full.</summary>
    public static ModelCost CountSummer(SequenceConfig config)
    {
        long n = config.Vit.Tokens, d = config.Vit.Dim;
        var block = (2 * Norm(d)) + SelfAttention(d) + Mlp(config.Vit);
        return OverDigits(config, block, SelfAttentionMacs(n, d) + MlpMacs(n, config.Vit));
    }

    /// <summary>An <see cref="AnchorFinder"/> on a strip whose cells are all full.</summary>
    public static ModelCost CountFinder(SequenceConfig config)
    {
        long n = config.Vit.Tokens, d = config.Vit.Dim;
        var block = (3 * Norm(d)) + Linear(d, d) + Linear(d, 2 * d) + Linear(d, d) + Mlp(config.Vit);
        return OverDigits(config, block, (2 * d * d) + (2 * n * d * d) + (2 * n * d) + MlpMacs(1, config.Vit));
    }

    /// <summary>The baseline: two hidden layers and one output.</summary>
    public static ModelCost CountFullyConnected(int inputs, int hidden) =>
        new(Linear(inputs, hidden) + Linear(hidden, hidden) + Linear(hidden, 1), 2 * (((long)inputs * hidden) + ((long)hidden * hidden) + hidden));

    /// <summary>An encoder of every digit, blocks over the embeddings, and a head with one output.</summary>
    private static ModelCost OverDigits(SequenceConfig config, long blockParameters, long blockMacs)
    {
        var encoder = Count(config.Encoder, classes: 0);
        long depth = config.Vit.Depth, d = config.Vit.Dim;
        return new ModelCost(
            encoder.Parameters + (depth * blockParameters) + Norm(d) + Linear(d, 1),
            (config.Vit.Patches * encoder.ForwardFlops) + (2 * ((depth * blockMacs) + d)));
    }
}

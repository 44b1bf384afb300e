using VitLab.Models;

namespace VitLab.Insight;

/// <summary>
/// Counts parameters and matrix-multiply FLOPs from shapes alone. Norms, GELU, softmax and additions are left out, as is usual: they are
/// a few per cent and no GEMM.
/// </summary>
public static partial class CostCounter
{
    /// <summary>A Vision Transformer.</summary>
    /// <param name="classes">Outputs of its head; 0 for the backbone alone.</param>
    public static ModelCost Count(VitConfig config, int classes)
    {
        long n = config.Tokens, d = config.Dim;
        var patchInputs = (long)config.Channels * config.Patch * config.Patch;
        var block = (2 * Norm(d)) + SelfAttention(d) + Mlp(config);
        var positions = ((config.Positions == PositionEncoding.Learned ? n : 0) + (config.WindowBlocks > 0 ? config.Window * config.Window : 0)) * d;
        var parameters = (config.PrefixTokens * d) + positions + Linear(patchInputs, d) + (config.Depth * block) + Norm(d) + (classes == 0 ? 0 : Linear(d, classes));
        var macs = (config.Patches * patchInputs * d) + (config.Depth * (SelfAttentionMacs(n, d) + MlpMacs(n, config))) + (d * classes);
        return new ModelCost(parameters, 2 * macs);
    }

    /// <summary>A backbone and a head per cell.</summary>
    public static ModelCost Count(GridClassifierConfig config)
    {
        var backbone = Count(config.Backbone, classes: 0);
        long cells = config.Cells, d = config.Vit.Dim;
        return new ModelCost(backbone.Parameters + (cells * Linear(d, config.Classes)), backbone.ForwardFlops + (2 * cells * d * config.Classes));
    }

    /// <summary>An encoder, and a decoder that reads a text of the greatest length at once, as in training.</summary>
    public static ModelCost Count(TranscriberConfig config)
    {
        var encoder = Count(config.Encoder, classes: 0);
        long n = config.Encoder.Tokens, d = config.Vit.Dim, t = config.MostTokens;

        var crossAttention = Linear(d, d) + Linear(d, 2 * d) + Linear(d, d);
        var block = (3 * Norm(d)) + SelfAttention(d) + crossAttention + Mlp(config.Vit);
        var parameters = (DigitVocabulary.Count * d) + (t * d) + (config.DecoderDepth * block) + Norm(d) + Linear(d, DigitVocabulary.Written);

        var crossAttentionMacs = (2 * t * d * d) + (2 * n * d * d) + (2 * t * n * d);
        var blockMacs = SelfAttentionMacs(t, d) + crossAttentionMacs + MlpMacs(t, config.Vit);
        var macs = (config.DecoderDepth * blockMacs) + (t * d * DigitVocabulary.Written);
        return new ModelCost(encoder.Parameters + parameters, encoder.ForwardFlops + (2 * macs));
    }

    /// <summary>A backbone without prefix tokens and, on every patch, heads for presence, digit and box.</summary>
    public static ModelCost Count(DetectorConfig config)
    {
        var backbone = Count(config.Backbone, classes: 0);
        long outputs = 1 + config.Classes + SceneDetector.BoxNumbers, d = config.Vit.Dim;
        return new ModelCost(backbone.Parameters + Linear(d, outputs), backbone.ForwardFlops + (2 * config.Backbone.Patches * d * outputs));
    }

    private static long Linear(long inputs, long outputs) => (inputs * outputs) + outputs;

    private static long Norm(long d) => 2 * d;

    private static long SelfAttention(long d) => Linear(d, 3 * d) + Linear(d, d);

    private static long Mlp(VitConfig config) => Linear(config.Dim, config.MlpDim) + Linear(config.MlpDim, config.Dim);

    // Four projections of each token; scores and weighted values, all heads together. A mask (causal, windows) saves nothing: the whole square is computed.
    private static long SelfAttentionMacs(long n, long d) => (4 * n * d * d) + (2 * n * n * d);

    private static long MlpMacs(long n, VitConfig config) => 2L * n * config.Dim * config.MlpDim;
}

using VitLab.Models;
using static VitLab.Insight.LayerCost;

namespace VitLab.Insight;

/// <summary>Counts what models cost from their configs alone, stage by stage in the order of their forward passes.</summary>
public static partial class CostCounter
{
    private const string Backbone = "backbone.";

    /// <summary>A Vision Transformer and a linear head on what it pools.</summary>
    public static ModelCost Count(VitConfig config, int classes) => new(
    [
        .. VisionTransformer("", config),
        config.PrefixTokens > 0
            ? Held(new(StageKind.Pooling, "Output of the CLS token", "", config.Dim))
            : Held(new(StageKind.Pooling, "Mean of the patches", "", config.Dim)),
        Linear(StageKind.Head, "Head", "head", config.Dim, [classes]),
    ]);

    /// <summary>A backbone and a head per cell.</summary>
    public static ModelCost Count(GridClassifierConfig config)
    {
        long cells = config.Cells, d = config.Vit.Dim, classes = config.Classes;
        return new(
        [
            .. VisionTransformer(Backbone, config.Backbone),
            config.Pooling == GridPooling.Query
                ? Held(new(StageKind.Pooling, "Output of each cell's query", "", cells, d))
                : Held(new(StageKind.Pooling, "Mean of each cell's patches", "", cells, d), results: 2),   // the means, and each head's copy of its own
            CostStage.Of(StageKind.Head, "A head for each cell", "heads", [cells, classes], [.. Enumerable.Range(0, config.Cells).Select(CellHead)]),
        ]);

        CostStage CellHead(int cell)
        {
            var head = Linear(StageKind.Head, "Head of a cell", $"heads.{cell}", d, [classes]);
            return head with { ActivationBytes = 2 * head.ActivationBytes };   // its answer, and the same among those of all cells
        }
    }

    /// <summary>An encoder, and a decoder that reads a text of the greatest length at once, as in training.</summary>
    public static ModelCost Count(TranscriberConfig config) => new(
    [
        CostStage.Of(StageKind.Network, "Encoder", "backbone", [.. VisionTransformer(Backbone, config.Encoder)]),
        CostStage.Of(StageKind.Network, "Decoder", "decoder", [.. Decoder("decoder.", config)]),
    ]);

    /// <summary>A backbone without prefix tokens and, on every patch, heads for presence, digit and box.</summary>
    public static ModelCost Count(DetectorConfig config)
    {
        long n = config.Backbone.Patches, d = config.Vit.Dim;
        return new(
        [
            .. VisionTransformer(Backbone, config.Backbone),
            CostStage.Of(StageKind.Head, "Heads on every patch", "", [n, 1 + config.Classes + SceneDetector.BoxNumbers],
            [
                Linear(StageKind.Head, "Presence", "presence", d, [n, 1]),
                Linear(StageKind.Head, "Digit", "digit", d, [n, config.Classes]),
                Linear(StageKind.Head, "Box", "box", d, [n, SceneDetector.BoxNumbers]),
            ]),
        ]);
    }

    /// <summary>From the picture to normalised tokens (N, D).</summary>
    private static IEnumerable<CostStage> VisionTransformer(string path, VitConfig config)
    {
        long n = config.Tokens, p = config.Patches, d = config.Dim;
        var patchInputs = (long)config.Channels * config.Patch * config.Patch;
        yield return Picture(config.Channels, config.Height, config.Width);

        // The picture is copied patch by patch before one matrix product makes all tokens.
        var patches = Linear(StageKind.Embedding, "Patch embedding", $"{path}patch_embed", patchInputs, [p, d]);
        yield return patches with { ActivationBytes = patches.ActivationBytes + (sizeof(float) * p * patchInputs) };
        if (config.WindowBlocks > 0)
        {
            yield return Held(new(StageKind.Embedding, "Positions within a window", $"{path}pos_embed_window", p, d), parameters: config.Window * config.Window * d);
        }

        if (config.PrefixTokens > 0)
        {
            yield return Held(new(StageKind.Embedding, config.PrefixTokens == 1 ? "CLS token" : "Query tokens", $"{path}cls_token", n, d), parameters: config.PrefixTokens * d);
        }

        yield return config.Positions == PositionEncoding.Learned
            ? Held(new(StageKind.Embedding, "Positions", $"{path}pos_embed", n, d), Results(config.Dropout), parameters: n * d)
            : Held(new(StageKind.Embedding, "Fixed positions", "", n, d), Results(config.Dropout));
        for (var block = 0; block < config.Depth; block++)
        {
            yield return EncoderBlock($"{path}blocks.{block}", config, block);
        }

        yield return Norm("Final norm", $"{path}norm", n, d);
    }

    private static CostStage EncoderBlock(string path, VitConfig config, int index)
    {
        long n = config.Tokens, d = config.Dim;
        var residual = Residual(n, d, IsDropped(config, index, config.Depth));
        return CostStage.Of(StageKind.Block, index < config.WindowBlocks ? "Block within windows" : "Block", path,
        [
            Norm("Norm", $"{path}.norm1", n, d),
            SelfAttention(index < config.WindowBlocks ? "Self-attention within windows" : "Self-attention", $"{path}.attn", $"{path}.attn.attend", config, n),
            residual,
            Norm("Norm", $"{path}.norm2", n, d),
            Mlp($"{path}.mlp", config, n),
            residual,
        ]);
    }

    /// <summary>From a text to what follows each of its tokens.</summary>
    private static IEnumerable<CostStage> Decoder(string path, TranscriberConfig config)
    {
        var vit = config.Encoder;
        long t = config.MostTokens, d = vit.Dim;
        yield return new CostStage(StageKind.Input, "Text so far", "", t) { ActivationBytes = sizeof(long) * t };
        yield return Held(new(StageKind.Embedding, "Token embedding", $"{path}token_embed", t, d), parameters: DigitVocabulary.Count * d);
        yield return Held(new(StageKind.Embedding, "Positions", $"{path}pos_embed", t, d), Results(vit.Dropout), parameters: t * d);
        for (var block = 0; block < config.DecoderDepth; block++)
        {
            yield return DecoderBlock($"{path}blocks.{block}", config, block);
        }

        yield return Norm("Final norm", $"{path}norm", t, d);
        yield return Linear(StageKind.Head, "Head", $"{path}head", d, [t, DigitVocabulary.Written]);
    }

    private static CostStage DecoderBlock(string path, TranscriberConfig config, int index)
    {
        var vit = config.Encoder;
        long t = config.MostTokens, n = vit.Tokens, d = vit.Dim;
        var residual = Residual(t, d, IsDropped(vit, index, config.DecoderDepth));
        return CostStage.Of(StageKind.Block, "Block", path,
        [
            Norm("Norm", $"{path}.norm1", t, d),
            SelfAttention("Causal self-attention", $"{path}.self_attn", attend: "", vit, t),
            residual,
            Norm("Norm", $"{path}.norm2", t, d),
            CrossAttention("Cross-attention to the picture", $"{path}.cross_attn", vit, t, n),
            residual,
            Norm("Norm", $"{path}.norm3", t, d),
            Mlp($"{path}.mlp", vit, t),
            residual,
        ]);
    }

    // The first of several blocks is never skipped.
    private static bool IsDropped(VitConfig config, int index, int depth) => config.StochasticDepth > 0 && (index > 0 || depth == 1);
}

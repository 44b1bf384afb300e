namespace VitLab.Models;

/// <summary>
/// Does the digit in a strip's first cell, the anchor, stand in one of the others? A <see cref="DigitEncoder"/> makes a token of each, the anchor's
/// looks at the others through blocks of cross-attention, and a linear head says yes or no. There are no positions and padding takes no part, so
/// neither the sequence's order nor its gaps change the answer.
/// </summary>
public sealed class AnchorFinder : Module<Tensor, Tensor>
{
    private readonly DigitEncoder encoder;
    private readonly ModuleList<CrossAttentionBlock> blocks;
    private readonly LayerNorm norm;
    private readonly Linear head;

    public AnchorFinder(SequenceConfig config)
        : base(nameof(AnchorFinder))
    {
        Config = config;
        encoder = new DigitEncoder(config.Encoder);
        blocks = new ModuleList<CrossAttentionBlock>([.. Enumerable.Range(0, config.Vit.Depth).Select(_ => new CrossAttentionBlock(config.Vit))]);
        norm = LayerNorm(config.Vit.Dim, eps: 1e-6);
        head = Linear(config.Vit.Dim, 1);
        RegisterComponents();
        Initialization.Apply(blocks);
        Initialization.Apply(head);
    }

    public SequenceConfig Config { get; }

    /// <summary>Logits (B) of the anchor's presence in strips (B, 1, side, N · side).</summary>
    public override Tensor forward(Tensor input)
    {
        var cells = new StripCells(input);
        var tokens = cells.Embed(encoder, Config.Vit.Dim);                                       // (B, N, D)
        var (anchor, mask) = (tokens.narrow(1, 0, 1), cells.MaskBehindFirst);                     // (B, 1, D)
        foreach (var block in blocks)
        {
            anchor = block.call(anchor, tokens, mask);
        }

        return head.call(norm.call(anchor.squeeze(1))).squeeze(-1);                              // (B)
    }
}

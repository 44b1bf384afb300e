namespace VitLab.Models;

/// <summary>
/// The sum of a strip's digits: a <see cref="DigitEncoder"/> makes a token of each, blocks of self-attention let them see one another, and a linear
/// head reads the sum of the tokens. There are no positions and padding takes no part, so neither order nor gaps change the answer.
/// </summary>
public sealed class SequenceSummer : Module<Tensor, Tensor>
{
    private readonly DigitEncoder encoder;
    private readonly ModuleList<TransformerBlock> blocks;
    private readonly LayerNorm norm;
    private readonly Linear head;

    public SequenceSummer(SequenceConfig config)
        : base(nameof(SequenceSummer))
    {
        Config = config;
        encoder = new DigitEncoder(config.Encoder);
        blocks = new ModuleList<TransformerBlock>([.. Enumerable.Range(0, config.Vit.Depth).Select(index => new TransformerBlock(config.Vit, index))]);
        norm = LayerNorm(config.Vit.Dim, eps: 1e-6);
        head = Linear(config.Vit.Dim, 1);
        RegisterComponents();
        Initialization.Apply(blocks);
        Initialization.Apply(head);
    }

    public SequenceConfig Config { get; }

    /// <summary>Sums (B) of strips (B, 1, side, N · side).</summary>
    public override Tensor forward(Tensor input)
    {
        var cells = new StripCells(input);
        var (x, mask) = (cells.Embed(encoder, Config.Vit.Dim), cells.Mask);        // (B, N, D)
        foreach (var block in blocks)
        {
            x = block.call(x, mask);
        }

        var digits = norm.call(x) * cells.Inked.unsqueeze(-1);                     // (B, N, D)
        return head.call(digits.sum(1)).squeeze(-1);                               // (B)
    }
}

namespace VitLab.Models;

/// <summary>
/// Writes a text about a memory, token by token: embedded tokens with learned positions, pre-norm blocks, a final norm and a linear head.
/// Vaswani et al., Attention Is All You Need, https://arxiv.org/abs/1706.03762, with its norms before the branches.
/// </summary>
public sealed class TokenDecoder : Module<Tensor, DecoderCache, Tensor>
{
    private readonly int _longest;
    private readonly Parameter pos_embed;
    private readonly Embedding token_embed;
    private readonly Dropout pos_drop;
    private readonly ModuleList<DecoderBlock> blocks;
    private readonly LayerNorm norm;
    private readonly Linear head;

    public TokenDecoder(TranscriberConfig config)
        : base(nameof(TokenDecoder))
    {
        var (vit, depth) = (config.Encoder, config.DecoderDepth);
        _longest = config.MostTokens;
        pos_embed = new Parameter(torch.zeros(1, _longest, vit.Dim));
        token_embed = Embedding(DigitVocabulary.Count, vit.Dim);
        pos_drop = Dropout(vit.Dropout);
        blocks = new ModuleList<DecoderBlock>([.. Enumerable.Range(0, depth).Select(index => new DecoderBlock(vit, index, depth))]);
        norm = LayerNorm(vit.Dim, eps: 1e-6);
        head = Linear(vit.Dim, DigitVocabulary.Written);
        RegisterComponents();
        Initialization.Apply(this);
    }

    /// <summary>An empty text over this memory (B, N, D).</summary>
    public DecoderCache begin(Tensor memory) => new([.. blocks.Select(block => block.begin(memory))]);

    /// <summary>Logits (B, T, written) of what follows each token; the cache then holds them.</summary>
    /// <param name="input">(B, T) tokens that follow what the cache holds: a whole text on an empty cache, or the next token.</param>
    /// <exception cref="ArgumentException">When several tokens are to follow others, or the text becomes too long.</exception>
    public override Tensor forward(Tensor input, DecoderCache cache)
    {
        var (first, T) = (cache.Length, input.shape[1]);
        if ((first > 0 && T > 1) || first + T > _longest)
        {
            throw new ArgumentException($"input: expected at most {_longest} tokens at once or one by one, got {T} behind {first}.", nameof(input));
        }

        var x = pos_drop.call(token_embed.call(input) + pos_embed.narrow(1, first, T));    // (B, T, D)
        for (var i = 0; i < blocks.Count; i++)
        {
            x = blocks[i].call(x, cache.Blocks[i]);
        }

        return head.call(norm.call(x));                                                    // (B, T, written)
    }
}

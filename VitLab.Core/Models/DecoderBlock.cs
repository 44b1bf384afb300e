namespace VitLab.Models;

/// <summary>
/// One pre-norm block of a decoder: the text's tokens look at those before them, then at the memory, then a two-layer network works on each,
/// all three added to the residual stream.
/// </summary>
public sealed class DecoderBlock : Module<Tensor, BlockCache, Tensor>
{
    private readonly LayerNorm norm1;
    private readonly CausalSelfAttention self_attn;
    private readonly LayerNorm norm2;
    private readonly CrossAttention cross_attn;
    private readonly LayerNorm norm3;
    private readonly Mlp mlp;
    private readonly DropPath drop_path;

    /// <param name="index">From 0 to depth - 1; later blocks are skipped more often under stochastic depth.</param>
    public DecoderBlock(VitConfig config, int index, int depth)
        : base(nameof(DecoderBlock))
    {
        norm1 = LayerNorm(config.Dim, eps: 1e-6);
        self_attn = new CausalSelfAttention(config);
        norm2 = LayerNorm(config.Dim, eps: 1e-6);
        cross_attn = new CrossAttention(config);
        norm3 = LayerNorm(config.Dim, eps: 1e-6);
        mlp = new Mlp(config);
        drop_path = DropPath.OfBlock(index, depth, config.StochasticDepth);
        RegisterComponents();
    }

    /// <summary>An empty text over this memory (B, N, D).</summary>
    public BlockCache begin(Tensor memory) => new(cross_attn.project(memory));

    public override Tensor forward(Tensor input, BlockCache cache)
    {
        var x = input + drop_path.call(self_attn.call(norm1.call(input), cache));    // (B, T, D)
        x = x + drop_path.call(cross_attn.call(norm2.call(x), cache.Memory));        // (B, T, D)
        return x + drop_path.call(mlp.call(norm3.call(x)));                          // (B, T, D)
    }
}

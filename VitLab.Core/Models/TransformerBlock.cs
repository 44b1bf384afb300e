namespace VitLab.Models;

/// <summary>One pre-norm block: attention between tokens, then a two-layer network on each token, both added to the residual stream.</summary>
public sealed class TransformerBlock : Module<Tensor, Tensor?, Tensor>
{
    private readonly LayerNorm norm1;
    private readonly SelfAttention attn;
    private readonly LayerNorm norm2;
    private readonly Mlp mlp;
    private readonly DropPath drop_path;

    /// <param name="index">From 0; later blocks are skipped more often under stochastic depth.</param>
    public TransformerBlock(VitConfig config, int index)
        : base(nameof(TransformerBlock))
    {
        norm1 = LayerNorm(config.Dim, eps: 1e-6);
        attn = new SelfAttention(config, isWindowed: index < config.WindowBlocks);
        norm2 = LayerNorm(config.Dim, eps: 1e-6);
        mlp = new Mlp(config);
        drop_path = DropPath.OfBlock(index, config.Depth, config.StochasticDepth);
        RegisterComponents();
    }

    /// <inheritdoc cref="SelfAttention.forward"/>
    public override Tensor forward(Tensor input, Tensor? mask)
    {
        var x = input + drop_path.call(attn.call(norm1.call(input), mask));    // (B, N, D)
        return x + drop_path.call(mlp.call(norm2.call(x)));                    // (B, N, D)
    }
}

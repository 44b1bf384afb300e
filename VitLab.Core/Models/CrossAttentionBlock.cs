namespace VitLab.Models;

/// <summary>One pre-norm block: tokens look at a memory, then a two-layer network works on each, both added to the residual stream.</summary>
public sealed class CrossAttentionBlock : Module<Tensor, Tensor, Tensor, Tensor>
{
    private readonly LayerNorm norm1;
    private readonly LayerNorm norm_memory;
    private readonly CrossAttention cross_attn;
    private readonly LayerNorm norm2;
    private readonly Mlp mlp;

    public CrossAttentionBlock(VitConfig config)
        : base(nameof(CrossAttentionBlock))
    {
        norm1 = LayerNorm(config.Dim, eps: 1e-6);
        norm_memory = LayerNorm(config.Dim, eps: 1e-6);
        cross_attn = new CrossAttention(config);
        norm2 = LayerNorm(config.Dim, eps: 1e-6);
        mlp = new Mlp(config);
        RegisterComponents();
    }

    /// <param name="memory">(B, N, D).</param>
    /// <param name="mask">(B, 1, 1, N), added to the scores of the memory's tokens.</param>
    public override Tensor forward(Tensor input, Tensor memory, Tensor mask)                                                  // (B, T, D)
    {
        var x = input + cross_attn.call(norm1.call(input), cross_attn.project(norm_memory.call(memory), mask));               // (B, T, D)
        return x + mlp.call(norm2.call(x));                                                                                   // (B, T, D)
    }
}

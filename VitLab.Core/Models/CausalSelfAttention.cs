namespace VitLab.Models;

/// <summary>Multi-head self-attention of a text: every token looks at itself and those before it.</summary>
public sealed class CausalSelfAttention : Module<Tensor, BlockCache, Tensor>
{
    private readonly int _heads;
    private readonly double _dropout;
    private readonly Linear qkv;
    private readonly Linear proj;
    private readonly Dropout proj_drop;

    public CausalSelfAttention(VitConfig config)
        : base(nameof(CausalSelfAttention))
    {
        (_heads, _dropout) = (config.Heads, config.AttentionDropout);
        qkv = Linear(config.Dim, 3 * config.Dim);
        proj = Linear(config.Dim, config.Dim);
        proj_drop = Dropout(config.Dropout);
        RegisterComponents();
    }

    /// <summary>Tokens (B, T, D) that follow what the cache holds: a whole text on an empty cache, or the next token.</summary>
    public override Tensor forward(Tensor input, BlockCache cache)
    {
        var heads = AttentionHeads.Split(qkv.call(input), parts: 3, _heads);                       // q, k, v: (B, H, T, D / H)
        var seen = cache.Extend(new KeyValues(heads[1], heads[2]));
        var y = functional.scaled_dot_product_attention(heads[0], seen.Keys, seen.Values, p: training ? _dropout : 0,
            is_casual: input.shape[1] > 1);                                                        // the newest token alone may see everything
        return proj_drop.call(proj.call(AttentionHeads.Join(y)));                                  // (B, T, D)
    }
}

namespace VitLab.Models;

/// <summary>Multi-head self-attention: every token looks at every token.</summary>
public sealed class SelfAttention : Module<Tensor, Tensor>
{
    private readonly int _heads;
    private readonly Linear qkv;
    private readonly DotProductAttention attend;
    private readonly Linear proj;
    private readonly Dropout proj_drop;

    public SelfAttention(VitConfig config, bool isWindowed)
        : base(nameof(SelfAttention))
    {
        _heads = config.Heads;
        qkv = Linear(config.Dim, 3 * config.Dim);
        attend = new DotProductAttention(config.AttentionDropout, isWindowed ? WindowMask.Of(config) : null);
        proj = Linear(config.Dim, config.Dim);
        proj_drop = Dropout(config.Dropout);
        RegisterComponents();
    }

    /// <summary>Where the tokens' looks can be observed.</summary>
    public DotProductAttention Attention => attend;

    public override Tensor forward(Tensor input)                                                          // (B, N, D)
    {
        var heads = AttentionHeads.Split(qkv.call(input), parts: 3, _heads);                              // q, k, v: (B, H, N, D / H)
        return proj_drop.call(proj.call(AttentionHeads.Join(attend.call(heads[0], heads[1], heads[2]))));   // (B, N, D)
    }
}

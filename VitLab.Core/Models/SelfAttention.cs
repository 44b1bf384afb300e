namespace VitLab.Models;

/// <summary>Multi-head self-attention: every token looks at every token, unless a mask says otherwise.</summary>
public sealed class SelfAttention : Module<Tensor, Tensor?, Tensor>
{
    private const string Windows = "mask";

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
        attend = new DotProductAttention(config.AttentionDropout);
        proj = Linear(config.Dim, config.Dim);
        proj_drop = Dropout(config.Dropout);
        RegisterComponents();
        if (isWindowed)
        {
            register_buffer(Windows, WindowMask.Of(config), persistent: false);
        }
    }

    /// <summary>Where the tokens' looks can be observed.</summary>
    public DotProductAttention Attention => attend;

    /// <param name="mask">(B, 1, 1, N), added to the scores of tokens that are looked at; null where the windows alone say who sees whom.</param>
    public override Tensor forward(Tensor input, Tensor? mask)                                            // (B, N, D)
    {
        var heads = AttentionHeads.Split(qkv.call(input), parts: 3, _heads);                              // q, k, v: (B, H, N, D / H)
        var y = attend.call(heads[0], heads[1], heads[2], mask ?? get_buffer(Windows));
        return proj_drop.call(proj.call(AttentionHeads.Join(y)));                                         // (B, N, D)
    }
}

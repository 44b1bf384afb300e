namespace VitLab.Models;

/// <summary>Multi-head attention of tokens to a memory, the tokens of something else: a text to a picture, an anchor to a sequence.</summary>
public sealed class CrossAttention : Module<Tensor, KeyValues, Tensor>
{
    private readonly int _heads;
    private readonly Linear q;
    private readonly Linear kv;
    private readonly DotProductAttention attend;
    private readonly Linear proj;
    private readonly Dropout proj_drop;

    public CrossAttention(VitConfig config)
        : base(nameof(CrossAttention))
    {
        _heads = config.Heads;
        q = Linear(config.Dim, config.Dim);
        kv = Linear(config.Dim, 2 * config.Dim);
        attend = new DotProductAttention(config.AttentionDropout);
        proj = Linear(config.Dim, config.Dim);
        proj_drop = Dropout(config.Dropout);
        RegisterComponents();
    }

    /// <summary>Where the tokens' looks at the memory can be observed.</summary>
    public DotProductAttention Attention => attend;

    /// <summary>Keys and values of a memory (B, N, D), to be made once for all tokens that will look at it.</summary>
    /// <param name="mask">(B, 1, 1, N), added to the scores: 0 where tokens may look, very negative where not; null lets them look everywhere.</param>
    public KeyValues project(Tensor memory, Tensor? mask = null)
    {
        var heads = AttentionHeads.Split(kv.call(memory), parts: 2, _heads);
        return new KeyValues(heads[0], heads[1], mask);
    }

    public override Tensor forward(Tensor input, KeyValues memory)                                 // (B, T, D)
    {
        var query = AttentionHeads.Split(q.call(input), parts: 1, _heads)[0];                      // (B, H, T, D / H)
        var y = attend.call(query, memory.Keys, memory.Values, memory.Mask);
        return proj_drop.call(proj.call(AttentionHeads.Join(y)));                                  // (B, T, D)
    }
}

namespace VitLab.Models;

/// <summary>
/// Multi-head self-attention. Normally one fused operation; while <see cref="Explicit"/> the scores pass through <see cref="Probabilities"/>,
/// a module of its own, where a hook can see every one. Both give the same output.
/// </summary>
public sealed class SelfAttention : Module<Tensor, Tensor>
{
    private readonly int _heads;
    private readonly int _headDim;
    private readonly double _dropout;
    private readonly Linear qkv;
    private readonly Softmax softmax;
    private readonly Linear proj;
    private readonly Dropout proj_drop;

    public SelfAttention(VitConfig config)
        : base(nameof(SelfAttention))
    {
        (_heads, _headDim, _dropout) = (config.Heads, config.HeadDim, config.AttentionDropout);
        qkv = Linear(config.Dim, 3 * config.Dim);
        softmax = Softmax(dim: -1);
        proj = Linear(config.Dim, config.Dim);
        proj_drop = Dropout(config.Dropout);
        RegisterComponents();
    }

    /// <summary>Takes the step-by-step path, slower and observable.</summary>
    public bool Explicit { get; set; }

    /// <summary>Scores (B, H, N, N) in, probabilities out; called only while <see cref="Explicit"/>.</summary>
    public Softmax Probabilities => softmax;

    public override Tensor forward(Tensor input)                                          // (B, N, D)
    {
        var (B, N, D) = (input.shape[0], input.shape[1], input.shape[2]);
        var parts = qkv.call(input).view(B, N, 3, _heads, _headDim).permute(2, 0, 3, 1, 4);   // (3, B, H, N, D / H)
        var (q, k, v) = (parts.select(0, 0), parts.select(0, 1), parts.select(0, 2));
        var dropout = training ? _dropout : 0;
        var y = Explicit
            ? Attend(q, k, v, dropout)
            : functional.scaled_dot_product_attention(q, k, v, p: dropout);                        // (B, H, N, D / H)
        return proj_drop.call(proj.call(y.transpose(1, 2).reshape(B, N, D)));             // (B, N, D)
    }

    private Tensor Attend(Tensor q, Tensor k, Tensor v, double dropout)
    {
        var scores = q.matmul(k.transpose(-2, -1)) * (1 / Math.Sqrt(_headDim));           // (B, H, N, N)
        return functional.dropout(softmax.call(scores), dropout, training).matmul(v);
    }
}

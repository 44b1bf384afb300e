namespace VitLab.Models;

/// <summary>
/// softmax(q kᵀ / √d + mask) v of every head. Normally one fused operation; while <see cref="Explicit"/> the scores
/// pass through <see cref="Probabilities"/>, a module of its own, where a hook can see every one. Both give the same output.
/// </summary>
public sealed class DotProductAttention : Module<Tensor, Tensor, Tensor, Tensor?, Tensor>
{
    private readonly double _dropout;
    private readonly Softmax softmax;

    /// <param name="dropout">Probability of dropping an attention weight while training.</param>
    public DotProductAttention(double dropout)
        : base(nameof(DotProductAttention))
    {
        _dropout = dropout;
        softmax = Softmax(dim: -1);
        RegisterComponents();
    }

    /// <summary>Takes the step-by-step path, slower and observable.</summary>
    public bool Explicit { get; set; }

    /// <summary>Scores (B, H, queries, keys) in, probabilities out; called only while <see cref="Explicit"/>.</summary>
    public Softmax Probabilities => softmax;

    /// <summary>(B, H, queries, d) and two of (B, H, keys, d) → (B, H, queries, d).</summary>
    /// <param name="mask">Added to the scores, whose shape it spreads to: 0 where a query may look, very negative where not; null lets it look everywhere.</param>
    public override Tensor forward(Tensor query, Tensor key, Tensor value, Tensor? mask)
    {
        if (!Explicit)
        {
            return functional.scaled_dot_product_attention(query, key, value, mask, p: training ? _dropout : 0);
        }

        var scores = query.matmul(key.transpose(-2, -1)) * (1 / Math.Sqrt(query.shape[3]));     // (B, H, queries, keys)
        scores = mask is null ? scores : scores + mask;
        return functional.dropout(softmax.call(scores), _dropout, training).matmul(value);
    }
}

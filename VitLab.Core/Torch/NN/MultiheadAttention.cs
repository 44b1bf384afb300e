namespace VitLab.Torch.Modules
{
    /// <summary>Attention in several heads with learned projections; tokens first: inputs are (L, N, E).</summary>
    public sealed class MultiheadAttention : torch.nn.Module<torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor?, bool, torch.Tensor?, Tuple<torch.Tensor, torch.Tensor>>
    {
        private readonly long _heads;
        private readonly double _dropout;

        internal MultiheadAttention(long embedded_dim, long num_heads, double dropout, bool bias, long kdim, long vdim)
            : base(nameof(MultiheadAttention))
        {
            if (num_heads < 1 || embedded_dim % num_heads != 0)
                throw new ArgumentException($"embed_dim ({embedded_dim}) must be divisible by num_heads ({num_heads})");
            (_heads, _dropout) = (num_heads, dropout);
            if (kdim == embedded_dim && vdim == embedded_dim)
            {
                in_proj_weight = Projection(3 * embedded_dim, embedded_dim);
            }
            else
            {
                q_proj_weight = Projection(embedded_dim, embedded_dim);
                k_proj_weight = Projection(embedded_dim, kdim);
                v_proj_weight = Projection(embedded_dim, vdim);
            }
            if (bias)
                in_proj_bias = new Parameter(torch.zeros(3 * embedded_dim));
            out_proj = torch.nn.Linear(embedded_dim, embedded_dim, bias);
            if (out_proj.bias is { } outBias)
                torch.nn.init.zeros_(outBias);
            RegisterComponents();
        }

        private Parameter? in_proj_weight { get; }

        private Parameter? q_proj_weight { get; }

        private Parameter? k_proj_weight { get; }

        private Parameter? v_proj_weight { get; }

        private Parameter? in_proj_bias { get; }

        private Linear out_proj { get; }

        /// <param name="query">(Nq, B, E).</param>
        /// <param name="key">(Nk, B, kdim).</param>
        /// <param name="value">(Nk, B, vdim).</param>
        /// <param name="key_padding_mask">(B, Nk), true where a key is only padding.</param>
        /// <param name="need_weights">Also returns the weights, averaged over heads: (B, Nq, Nk).</param>
        /// <param name="attn_mask">(Nq, Nk) or (B · heads, Nq, Nk): true where attention is NOT allowed, or a number added to the score.</param>
        public new Tuple<torch.Tensor, torch.Tensor> call(torch.Tensor query, torch.Tensor key, torch.Tensor value, torch.Tensor? key_padding_mask = null, bool need_weights = true, torch.Tensor? attn_mask = null) =>
            base.call(query, key, value, key_padding_mask, need_weights, attn_mask);

        public override Tuple<torch.Tensor, torch.Tensor> forward(torch.Tensor query, torch.Tensor key, torch.Tensor value, torch.Tensor? key_padding_mask, bool need_weights, torch.Tensor? attn_mask)
        {
            var q = Split(Project(query, 0));                                              // (B, H, Nq, D)
            var k = Split(Project(key, 1));
            var v = Split(Project(value, 2));
            var mask = Mask(key_padding_mask, attn_mask, q.size(0), q.size(2), k.size(2));
            var dropout = training ? _dropout : 0;
            torch.Tensor mixed, weights;
            if (need_weights)
            {
                var scores = q.matmul(k.transpose(-2, -1)) * (1 / Math.Sqrt(q.size(-1)));
                var probabilities = torch.nn.functional.softmax(mask is null ? scores : scores + mask, -1);
                mixed = torch.nn.functional.dropout(probabilities, dropout).matmul(v);
                weights = probabilities.mean([1]);
            }
            else
            {
                mixed = torch.nn.functional.scaled_dot_product_attention(q, k, v, mask, dropout);
                weights = torch.empty(0);
            }
            var merged = mixed.permute(2, 0, 1, 3).reshape(q.size(2), q.size(0), -1);      // (Nq, B, E)
            return Tuple.Create(out_proj.call(merged), weights);
        }

        private torch.Tensor Project(torch.Tensor x, int which)
        {
            var E = out_proj.in_features;
            var weight = in_proj_weight is not null ? in_proj_weight.narrow(0, which * E, E) : which == 0 ? q_proj_weight! : which == 1 ? k_proj_weight! : v_proj_weight!;
            return torch.nn.functional.linear(x, weight, in_proj_bias?.narrow(0, which * E, E));
        }

        // (N, B, E) to (B, H, N, D)
        private torch.Tensor Split(torch.Tensor x) => x.view(x.size(0), x.size(1), _heads, -1).permute(1, 2, 0, 3);

        private torch.Tensor? Mask(torch.Tensor? padding, torch.Tensor? attention, long B, long Nq, long Nk)
        {
            var mask = attention is null ? null : Additive(attention).view(attention.Core.Shape.Rank == 2 ? [1, 1, Nq, Nk] : [B, _heads, Nq, Nk]);
            if (padding is null)
                return mask;
            var hidden = Additive(padding).view(B, 1, 1, Nk);
            return mask is null ? hidden : mask + hidden;
        }

        private static torch.Tensor Additive(torch.Tensor mask) =>
            mask.dtype == torch.ScalarType.Bool ? torch.where(mask, torch.tensor(float.NegativeInfinity), torch.tensor(0f)) : mask;

        private static Parameter Projection(long rows, long columns)
        {
            var weight = new Parameter(torch.empty(rows, columns));
            torch.nn.init.xavier_uniform_(weight);
            return weight;
        }
    }
}

namespace VitLab.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static MultiheadAttention MultiheadAttention(long embedded_dim, long num_heads, double dropout = 0.0, bool bias = true, bool add_bias_kv = false, bool add_zero_attn = false, long? kdim = null, long? vdim = null) =>
                add_bias_kv || add_zero_attn
                    ? throw new NotSupportedException("MultiheadAttention: this engine has no add_bias_kv and no add_zero_attn.")
                    : new MultiheadAttention(embedded_dim, num_heads, dropout, bias, kdim ?? embedded_dim, vdim ?? embedded_dim);
        }
    }
}

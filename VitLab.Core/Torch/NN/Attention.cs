using VitLab.Kernels;
using VitLab.Torch.Autograd;
using VitLab.Torch.Memory;
using VitLab.Torch.Ops;
using VitLab.Torch.Tensors;

namespace VitLab.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static partial class functional
            {
                /// <summary>
                /// softmax(q kᵀ / √D + mask) v, fused. Saves the probabilities. The result lies in memory as (B, Nq, H, D), so that
                /// transpose(1, 2) followed by a reshape to (B, Nq, H · D) copies nothing.
                /// </summary>
                /// <param name="query">(B, H, Nq, D), strided as you like.</param>
                /// <param name="key">(B, H, Nk, D).</param>
                /// <param name="value">(B, H, Nk, D).</param>
                /// <param name="attn_mask">Broadcast to (B, H, Nq, Nk): true where attention is allowed, or a number added to the score.</param>
                /// <param name="p">Dropout of the probabilities.</param>
                /// <param name="is_casual">A token sees itself and those before it.</param>
                public static Tensor scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null, double p = 0.0, bool is_casual = false)
                {
                    Check.Float("scaled_dot_product_attention", query, key, value);
                    if (query.Core.Shape.Rank < 4)
                        return scaled_dot_product_attention(query.unsqueeze(0), key.unsqueeze(0), value.unsqueeze(0), attn_mask, p, is_casual).squeeze(0);
                    CheckAttention(query, key, value, attn_mask, is_casual);
                    if (value.size(-1) != query.size(-1) || attn_mask is { requires_grad: true })
                        return ComposedAttention(query, key, value, attn_mask, p, is_casual);
                    var (q, k, v) = (WithRows(query), WithRows(key), WithRows(value));
                    var size = new AttentionSize(q.Core.Shape, k.Core.Shape);
                    using var mask = attn_mask is null ? null : AdditiveMask(attn_mask, size);
                    var y = Tensor.New(new Dims([size.B, size.Nq, size.H, size.D]));
                    var probabilities = DataBuffer.Rent((long)size.B * size.H * size.Nq * size.Nk * sizeof(float));
                    var seed = p > 0 ? Generator.Default.DrawSeed() : 0;
                    AttentionKernel.Forward(q.Core.FloatsFrom, Heads(q.Core), k.Core.FloatsFrom, Heads(k.Core), v.Core.FloatsFrom, Heads(v.Core),
                        mask is null ? default : mask.Core.FloatsFrom, mask is null ? default : Heads(mask.Core), is_casual,
                        y.Core.Floats, size.Output, probabilities.AsSpan<float>(), size.B, size.H, size.Nq, size.Nk, size.D, size.Scale, (float)p, seed);
                    if (GradNode.IsWanted(q, k, v))
                    {
                        var node = GradNode.Record(y, AttentionBackward, q, k, v);
                        node.Save(0, probabilities);
                        (node.A, node.Seed) = (p, seed);
                    }
                    probabilities.Release();
                    return y.transpose(1, 2);
                }

                private static void AttentionBackward(GradNode node)
                {
                    var (q, k, v) = (node.Input(0), node.Input(1), node.Input(2));
                    var size = new AttentionSize(q.Shape, k.Shape);
                    AttentionGradients(node, out var dq, out var dk, out var dv, out var accumulate);
                    AttentionKernel.Backward(node.DataFrom(0), Heads(q), node.DataFrom(1), Heads(k), node.DataFrom(2), Heads(v), node.Saved(0), node.Gradient, size.Output,
                        dq, Heads(q), dk, Heads(k), dv, Heads(v), size.B, size.H, size.Nq, size.Nk, size.D, size.Scale, (float)node.A, node.Seed, accumulate);
                }

                /// <summary>
                /// The three gradient windows under one accumulate flag. Query, key and value that are the thirds of one projection cover its
                /// gradient together, so nothing has to be set to 0 first.
                /// </summary>
                private static void AttentionGradients(GradNode node, out Span<float> dq, out Span<float> dk, out Span<float> dv, out bool accumulate)
                {
                    var (q, k, v) = (node.Input(0), node.Input(1), node.Input(2));
                    if (AreThirds(q, k, v))
                    {
                        var all = q.Variable!.WritableGradient(q.Data, coversAll: true, out accumulate);
                        dq = all[(int)q.Offset..];
                        dk = all[(int)k.Offset..];
                        dv = all[(int)v.Offset..];
                        return;
                    }
                    dq = node.GradientFrom(0, out var addsQ);
                    dk = node.GradientFrom(1, out var addsK);
                    dv = node.GradientFrom(2, out var addsV);
                    accumulate = addsQ || addsK || addsV;
                    if (!accumulate)
                        return;
                    ClearUnless(addsQ, dq, q);
                    ClearUnless(addsK, dk, k);
                    ClearUnless(addsV, dv, v);
                }

                private static void ClearUnless(bool adds, Span<float> gradient, TensorCore input)
                {
                    if (!adds && !gradient.IsEmpty)
                        gradient[..(int)input.Count].Clear();
                }

                private static bool AreThirds(TensorCore q, TensorCore k, TensorCore v)
                {
                    if (q.Variable is null || !ReferenceEquals(q.Variable, k.Variable) || !ReferenceEquals(q.Variable, v.Variable) || !q.Shape.Same(k.Shape) || !q.Strides.Same(k.Strides) || !q.Strides.Same(v.Strides))
                        return false;
                    var step = k.Offset - q.Offset;
                    if (q.Offset != 0 || step <= 0 || v.Offset != 2 * step || 3 * q.Count * sizeof(float) != q.Data.Length)
                        return false;
                    var (shape, strides) = (q.Shape, q.Strides);
                    shape.Add(3);
                    strides.Add(step);
                    return Layout.IsDense(shape, strides);
                }

                private static HeadLayout Heads(TensorCore x) => new((int)x.Strides[0], (int)x.Strides[1], (int)x.Strides[2]);

                // The kernel walks batch, head and token through strides; a token's features must be contiguous.
                private static Tensor WithRows(Tensor x) => x.Core.Strides[3] == 1 && !Layout.Overlaps(x.Core.Shape, x.Core.Strides) ? x : Tensor.Dense(x);

                private static Tensor AdditiveMask(Tensor mask, in AttentionSize size)
                {
                    using var _ = no_grad();
                    using var scope = NewDisposeScope();
                    var additive = mask;
                    if (mask.dtype == ScalarType.Bool)
                        additive = where(mask, tensor(0f), tensor(float.NegativeInfinity));
                    while (additive.Core.Shape.Rank < 4)
                        additive = additive.unsqueeze(0);
                    if (additive.size(3) != size.Nk || additive.Core.Strides[3] != 1)
                        additive = additive.expand(-1, -1, -1, size.Nk).clone();
                    return additive.Expand(new Dims([size.B, size.H, size.Nq, size.Nk])).MoveToOuterDisposeScope();
                }

                private static Tensor ComposedAttention(Tensor query, Tensor key, Tensor value, Tensor? mask, double p, bool isCausal)
                {
                    var scores = query.matmul(key.transpose(-2, -1)) * (1 / Math.Sqrt(query.size(-1)));
                    if (isCausal)
                        mask = ones([query.size(-2), key.size(-2)], ScalarType.Bool).tril();
                    if (mask is not null)
                        scores = mask.dtype == ScalarType.Bool ? scores.masked_fill(mask.logical_not(), float.NegativeInfinity) : scores + mask;
                    return dropout(softmax(scores, -1), p).matmul(value);
                }

                private static void CheckAttention(Tensor query, Tensor key, Tensor value, Tensor? mask, bool isCausal)
                {
                    var (q, k, v) = (query.Core.Shape, key.Core.Shape, value.Core.Shape);
                    if (q.Rank != 4 || k.Rank != 4 || v.Rank != 4 || q[0] != k[0] || q[1] != k[1] || q[3] != k[3] || v[0] != k[0] || v[1] != k[1] || v[2] != k[2])
                        throw new InvalidOperationException($"scaled_dot_product_attention: query {q}, key {k} and value {v} do not fit; expected (B, H, Nq, D), (B, H, Nk, D) and (B, H, Nk, Dv).");
                    if (mask is not null && isCausal)
                        throw new InvalidOperationException("_scaled_dot_product_attention: Explicit attn_mask should not be set when is_causal=True");
                    if (mask is not null && mask.dtype is not (ScalarType.Bool or ScalarType.Float32))
                        throw new InvalidOperationException($"Expected attn_mask dtype to be bool or float to match query dtype, but got attn_mask.dtype: {mask.dtype}");
                    if (mask is not null)
                        Layout.Expand(mask.Core.Shape, mask.Core.Strides, new Dims([q[0], q[1], q[2], k[2]]));
                }

                /// <summary>The kernel's numbers for a call.</summary>
                private readonly struct AttentionSize(Dims q, Dims k)
                {
                    public int B { get; } = (int)q[0];

                    public int H { get; } = (int)q[1];

                    public int Nq { get; } = (int)q[2];

                    public int Nk { get; } = (int)k[2];

                    public int D { get; } = (int)q[3];

                    public float Scale => 1 / MathF.Sqrt(D);

                    /// <summary>(B, Nq, H, D) in memory.</summary>
                    public HeadLayout Output => new(Nq * H * D, D, H * D);
                }
            }
        }
    }
}

using VitLab.Kernels;
using VitLab.Torch.Autograd;
using VitLab.Torch.Ops;

namespace VitLab.Torch.Modules
{
    /// <summary>A table of learned vectors, looked up by index.</summary>
    public sealed class Embedding : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly long _paddingIndex;

        internal Embedding(long num_embeddings, long embedding_dims, long? padding_idx)
            : base(nameof(Embedding))
        {
            _paddingIndex = padding_idx is { } index ? index < 0 ? index + num_embeddings : index : -1;
            if (_paddingIndex >= num_embeddings)
                throw new ArgumentOutOfRangeException(nameof(padding_idx), $"Padding_idx must be within num_embeddings: {padding_idx} against {num_embeddings}");
            weight = new Parameter(torch.randn(num_embeddings, embedding_dims));
            if (_paddingIndex >= 0)
            {
                using var _ = torch.no_grad();
                weight[_paddingIndex].zero_();
            }
            RegisterComponents();
        }

        /// <summary>(entries, dimension).</summary>
        public Parameter weight { get; }

        public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.Embed(input, weight, _paddingIndex);
    }
}

namespace VitLab.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Embedding Embedding(long num_embeddings, long embedding_dims, long? padding_idx = null, double? max_norm = null, double norm_type = 2.0, bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null)
            {
                if (max_norm is not null || scale_grad_by_freq || sparse)
                    throw new NotSupportedException("Embedding: this engine has no max_norm, scale_grad_by_freq or sparse gradients.");
                return new Embedding(num_embeddings, embedding_dims, padding_idx);
            }

            public static partial class functional
            {
                /// <summary>y[i] = table[x[i]]. Backward adds each row's gradient to its entry, the padding entry's excepted.</summary>
                internal static Tensor Embed(Tensor x, Tensor weight, long paddingIndex)
                {
                    Check.Index("embedding", x);
                    Check.Float("embedding", weight);
                    var (indices, table) = (x.Contiguous(), weight.Contiguous());
                    var (entries, D) = (table.Core.Shape[0], (int)table.Core.Shape[1]);
                    foreach (var index in indices.Core.Span<long>())
                        if (index < 0 || index >= entries)
                            throw new ArgumentOutOfRangeException(nameof(x), $"index {index} out of range in self: the embedding has {entries} entries");
                    var shape = indices.Core.Shape;
                    shape.Add(D);
                    var y = Tensor.New(shape);
                    EmbeddingKernel.Forward(indices.Core.Span<long>(), table.Core.Floats, y.Core.Floats, D);
                    if (GradNode.IsWanted(table))
                    {
                        var node = GradNode.Record(y, EmbeddingBackward, table);
                        node.Save(0, indices.Core.Data);
                        (node.I, node.J) = (indices.Core.Offset, paddingIndex);
                    }
                    return y;
                }

                private static void EmbeddingBackward(GradNode node)
                {
                    var D = (int)node.OutputShape[node.OutputShape.Last];
                    var dy = node.Gradient;
                    EmbeddingKernel.Backward(node.Saved<long>(0).Slice((int)node.I, dy.Length / D), dy, node.GradientSum(0), D, node.J);
                }
            }
        }
    }
}

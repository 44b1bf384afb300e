using System.Numerics;
using VitLab.Torch.Autograd;
using VitLab.Torch.Ops;
using VitLab.Torch.Tensors;

namespace VitLab.Torch
{
    public static partial class torch
    {
        // Largest and smallest elements and where they are. The first of equals wins; NaN beats everything.
        public partial class Tensor
        {
            public Tensor max() => reshape(-1).max(0).values;

            public Tensor min() => reshape(-1).min(0).values;

            public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Extreme(dim, keepdim, isMaximum: true);

            public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => Extreme(dim, keepdim, isMaximum: false);

            public Tensor amax(params long[] dims) => dims.Aggregate(this, static (x, dim) => x.max(dim, keepdim: true).values).Squeeze(dims);

            public Tensor argmax() => reshape(-1).argmax(0);

            public Tensor argmax(long dim, bool keepdim = false) => WithoutGrad(() => max(dim, keepdim).indexes);

            public Tensor argmin() => reshape(-1).argmin(0);

            public Tensor argmin(long dim, bool keepdim = false) => WithoutGrad(() => min(dim, keepdim).indexes);

            public Tensor any() => WithoutGrad(() => ne(0).max());

            public Tensor any(long dim, bool keepdim = false) => WithoutGrad(() => ne(0).max(dim, keepdim).values);

            public Tensor all() => WithoutGrad(() => ne(0).min());

            public Tensor all(long dim, bool keepdim = false) => WithoutGrad(() => ne(0).min(dim, keepdim).values);

            /// <summary>The k largest (or smallest) elements along a dimension, in order, and where they are.</summary>
            public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true)
            {
                if (k < 0 || k > size(dim))
                    throw new ArgumentOutOfRangeException(nameof(k), $"selected index k out of range: {k} of shape {Core.Shape}");
                var (values, indices) = sort(dim, largest);
                return (values.narrow(dim, 0, k), indices.narrow(dim, 0, k));
            }

            /// <summary>Elements in order along a dimension, and where they were.</summary>
            public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false)
            {
                var order = argsort(dim, descending);
                return (gather(dim, order), order);
            }

            public Tensor argsort(long dim = -1, bool descending = false)
            {
                Check.Float("argsort", this);
                var rows = transpose(dim, -1).Contiguous();
                var n = (int)rows.Core.Shape[rows.Core.Shape.Last];
                var order = New(rows.Core.Shape, ScalarType.Int64);
                var (keys, places) = (new float[n], new long[n]);
                for (var start = 0; start < rows.Core.Count; start += n)
                {
                    var row = rows.Core.Floats.Slice(start, n);
                    for (var i = 0; i < n; i++)
                        (keys[i], places[i]) = (descending ? -row[i] : row[i], i);
                    MemoryExtensions.Sort(keys.AsSpan(), places.AsSpan(), StableOrder);
                    places.CopyTo(order.Core.Span<long>()[start..]);
                }
                return order.transpose(dim, -1).contiguous();
            }

            private static int StableOrder(float a, float b) => a.CompareTo(b);

            private (Tensor Values, Tensor Indices) Extreme(long dim, bool keepdim, bool isMaximum)
            {
                var x = Contiguous();
                var shape = x.Core.Shape;
                var at = shape.Dimension(dim);
                var (outer, size, inner) = Around(shape, at);
                if (size == 0)
                    throw new InvalidOperationException($"max(): Expected reduction dim {dim} to have non-zero size; the shape is {shape}.");
                if (shape.Rank > 0)
                    shape[at] = 1;
                var values = New(shape, dtype);
                var indices = New(shape, ScalarType.Int64);
                switch (dtype)
                {
                    case ScalarType.Float32: Extreme<float>(x.Core, values.Core, indices.Core, outer, size, inner, isMaximum); break;
                    case ScalarType.Int64: Extreme<long>(x.Core, values.Core, indices.Core, outer, size, inner, isMaximum); break;
                    case ScalarType.Bool or ScalarType.Byte: Extreme<byte>(x.Core, values.Core, indices.Core, outer, size, inner, isMaximum); break;
                    default: throw new NotSupportedException($"max and min work on Float32, Int64, Byte and Bool, not {dtype}.");
                }
                if (GradNode.IsWanted(x))
                {
                    var node = GradNode.Record(values, ExtremeBackward, x);
                    SaveIndices(node, indices);
                    node.J = at;
                }
                return keepdim || shape.Rank == 0 ? (values, indices) : (values.squeeze(at), indices.squeeze(at));
            }

            private static void Extreme<T>(TensorCore x, TensorCore values, TensorCore indices, int outer, int size, int inner, bool isMaximum) where T : unmanaged, INumber<T>
            {
                ReadOnlySpan<T> from = x.Span<T>();
                var (best, where) = (0, 0);
                for (var o = 0; o < outer; o++)
                {
                    for (var i = 0; i < inner; i++)
                    {
                        var start = o * size * inner + i;
                        best = start;
                        where = 0;
                        for (var s = 1; s < size && !T.IsNaN(from[best]); s++)
                        {
                            var candidate = from[start + s * inner];
                            if (T.IsNaN(candidate) || (isMaximum ? candidate > from[best] : candidate < from[best]))
                                (best, where) = (start + s * inner, s);
                        }
                        values.Span<T>()[o * inner + i] = from[best];
                        indices.Span<long>()[o * inner + i] = where;
                    }
                }
            }

            private static void ExtremeBackward(GradNode node)
            {
                var (outer, size, inner) = Around(node.Input(0).Shape, (int)node.J);
                var dx = node.GradientSum(0);
                var dy = node.Gradient;
                var picks = node.Saved<long>(0);
                for (var o = 0; o < outer; o++)
                    for (var i = 0; i < inner; i++)
                        dx[(int)(o * size + picks[o * inner + i]) * inner + i] += dy[o * inner + i];
            }

            private static Tensor WithoutGrad(Func<Tensor> compute)
            {
                using var _ = no_grad();
                return compute();
            }
        }
    }
}

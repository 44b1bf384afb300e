using VitLab.Torch.Autograd;
using VitLab.Torch.Ops;
using VitLab.Torch.Tensors;

namespace VitLab.Torch
{
    public static partial class torch
    {
        // Sums, means and what is made of them.
        public partial class Tensor
        {
            public Tensor sum(ScalarType? type = null) => Sum(AllDims(), keepdim: false, type);

            public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => Sum([dim], keepdim, type);

            public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => Sum(dim.Length == 0 ? AllDims() : dim, keepdim, type);

            public Tensor mean() => Mean(AllDims(), keepdim: false);

            /// <summary>Mean over dimensions. There is no overload for a single number: write <c>mean([1])</c>.</summary>
            public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) => (type is { } t ? to(t) : this).Mean(dimensions, keepdim);

            public Tensor var(bool unbiased = true) => Variance(AllDims(), unbiased, keepdim: false);

            public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Variance([dim], unbiased, keepdim);

            public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Variance(dimensions, unbiased, keepdim);

            public Tensor std(bool unbiased = true) => Variance(AllDims(), unbiased, keepdim: false).sqrt();

            public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Variance([dim], unbiased, keepdim).sqrt();

            public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Variance(dimensions, unbiased, keepdim).sqrt();

            /// <summary>(Σ |x|^p)^(1/p) of all elements.</summary>
            public Tensor norm(float p = 2.0f) => p == 2 ? square().sum().sqrt() : abs().pow(p).sum().pow(1 / p);

            /// <summary>(Σ |x|^p)^(1/p) along a dimension.</summary>
            public Tensor norm(int dim, bool keepdim = false, float p = 2.0f) =>
                p == 2 ? square().sum(dim, keepdim).sqrt() : abs().pow(p).sum(dim, keepdim).pow(1 / p);

            /// <summary>log Σ exp(x) along a dimension, without overflow.</summary>
            public Tensor logsumexp(long dim, bool keepdim = false)
            {
                Tensor max;
                using (no_grad())
                {
                    max = this.max(dim, keepdim: true).values;
                    max = max.masked_fill(max.isinf(), 0);
                }
                var result = sub(max).exp().sum(dim, keepdim: true).log().add(max);
                return keepdim ? result : result.squeeze(dim);
            }

            private Tensor Mean(ReadOnlySpan<long> dims, bool keepdim)
            {
                if (!is_floating_point())
                    throw new InvalidOperationException($"mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: {dtype}");
                var total = Sum(dims, keepdim, null);
                return total.mul((double)total.Core.Count / Core.Count);
            }

            private Tensor Variance(ReadOnlySpan<long> dims, bool unbiased, bool keepdim)
            {
                var squares = sub(Mean(dims, keepdim: true)).square().Sum(dims, keepdim, null);
                var count = (double)Core.Count / squares.Core.Count;
                return squares.mul(1 / (count - (unbiased ? 1 : 0)));
            }

            private Tensor Sum(ReadOnlySpan<long> dims, bool keepdim, ScalarType? type)
            {
                var x = dtype == ScalarType.Float32 ? this : to(ScalarType.Int64);
                var kept = KeptShape(x.Core.Shape, dims);
                var y = New(kept, x.dtype);
                var strides = Layout.Expand(kept, kept.RowMajor(), x.Core.Shape);
                if (x.dtype == ScalarType.Float32)
                    SumFloats(x.Core, y.Core.Floats, strides);
                else
                    SumWhole(x.Core, y.Core.Span<long>(), strides);
                if (GradNode.IsWanted(x))
                    GradNode.Record(y, SumBackward, x);
                var result = keepdim ? y : y.Squeeze(dims);
                return type is { } wanted ? result.to(wanted) : result;
            }

            private static void SumBackward(GradNode node)
            {
                var input = node.Input(0);
                var dx = node.GradientFrom(0, out var accumulate);
                var strides = Layout.Expand(node.OutputShape, node.OutputShape.RowMajor(), input.Shape);
                Strided.Write(input.Shape, node.Gradient, strides, dx, input.Strides, accumulate);
            }

            private static void SumFloats(TensorCore x, Span<float> y, in Dims strides)
            {
                y.Clear();
                if (y.Length == 1 && x.IsContiguous)
                {
                    // Long sums in pieces and double precision, so that their length does not cost digits.
                    var total = 0.0;
                    ReadOnlySpan<float> all = x.Floats;
                    for (var i = 0; i < all.Length; i += RowReader.Chunk)
                        total += System.Numerics.Tensors.TensorPrimitives.Sum(all.Slice(i, Math.Min(RowReader.Chunk, all.Length - i)));
                    y[0] = (float)total;
                    return;
                }
                Strided.Accumulate(x.Shape, x.FloatsFrom, x.Strides, y, strides);
            }

            private static void SumWhole(TensorCore x, Span<long> y, in Dims strides)
            {
                y.Clear();
                var rows = new StridedRows(x.Shape, x.Strides, strides);
                var from = x.Data.AsSpan<long>()[(int)x.Offset..];
                while (rows.MoveNext())
                    for (var i = 0; i < rows.Length; i++)
                        y[rows.B + i * rows.StrideB] += from[rows.A + i * rows.StrideA];
            }

            private long[] AllDims()
            {
                var dims = new long[Core.Shape.Rank];
                for (var i = 0; i < dims.Length; i++)
                    dims[i] = i;
                return dims;
            }

            private static Dims KeptShape(Dims shape, ReadOnlySpan<long> dims)
            {
                if (shape.Rank > 0)
                    foreach (var dim in dims)
                        shape[shape.Dimension(dim)] = 1;
                return shape;
            }

            private Tensor Squeeze(ReadOnlySpan<long> dims)
            {
                var (shape, strides, reduced) = (Core.Shape, Core.Strides, 0);
                if (shape.Rank > 0)
                    foreach (var dim in dims)
                        reduced |= 1 << shape.Dimension(dim);
                for (var i = shape.Rank - 1; i >= 0; i--)
                {
                    if ((reduced & 1 << i) == 0)
                        continue;
                    shape.RemoveAt(i);
                    strides.RemoveAt(i);
                }
                return new Tensor(Core.View(shape, strides, Core.Offset));
            }
        }
    }
}

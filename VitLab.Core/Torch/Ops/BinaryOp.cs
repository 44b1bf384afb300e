using VitLab.Torch.Autograd;
using VitLab.Torch.Tensors;

namespace VitLab.Torch.Ops
{
    /// <summary>
    /// z = f(a, b), element by element and broadcast. A subclass gives f and its two partial derivatives on contiguous pieces; walking,
    /// broadcasting and summing gradients back are here.
    /// </summary>
    internal abstract class BinaryOp
    {
        private readonly Action<GradNode> _backward;

        protected BinaryOp() => _backward = Backward;

        /// <summary>Name in error messages.</summary>
        public abstract string Name { get; }

        public abstract void Forward(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> z);

        /// <summary>g = dz · ∂f/∂a.</summary>
        public abstract void GradientA(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> dz, Span<float> g);

        /// <summary>g = dz · ∂f/∂b.</summary>
        public abstract void GradientB(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> dz, Span<float> g);

        public abstract long Forward(long a, long b);

        public torch.Tensor Apply(torch.Tensor left, torch.Tensor right)
        {
            var type = ScalarTypes.Promote(left.dtype, right.dtype);
            if (type == torch.ScalarType.Float64)
                throw new NotSupportedException($"{Name}: this engine computes in Float32; convert Float64 tensors first (found {left.dtype} and {right.dtype}).");
            var shape = Layout.Broadcast(left.Core.Shape, right.Core.Shape);
            if (type != torch.ScalarType.Float32)
                return ApplyWhole(left, right, shape);
            var (a, b) = (AsFloat(left), AsFloat(right));
            var z = torch.Tensor.New(shape);
            Forward(a.Core, b.Core, z.Core);
            if (GradNode.IsWanted(a, b))
                GradNode.Record(z, _backward, a, b);
            return z;
        }

        protected virtual void Backward(GradNode node)
        {
            for (var operand = 0; operand < 2; operand++)
                if (node.Wants(operand))
                    BackwardTo(node, operand);
        }

        private void Forward(TensorCore a, TensorCore b, TensorCore z)
        {
            var shape = z.Shape;
            var rows = new StridedRows(shape, Layout.Expand(a.Shape, a.Strides, shape), Layout.Expand(b.Shape, b.Strides, shape), z.Strides);
            ReadOnlySpan<float> x = a.FloatsFrom, y = b.FloatsFrom;
            var result = z.Floats;
            Span<float> xBuffer = stackalloc float[RowReader.Chunk], yBuffer = stackalloc float[RowReader.Chunk];
            while (rows.MoveNext())
            {
                if (rows is { StrideA: 1, StrideB: 1 })
                {
                    Forward(x.Slice(rows.A, rows.Length), y.Slice(rows.B, rows.Length), result.Slice(rows.C, rows.Length));
                    continue;
                }
                for (var i = 0; i < rows.Length; i += RowReader.Chunk)
                {
                    var n = Math.Min(RowReader.Chunk, rows.Length - i);
                    Forward(RowReader.Read(x, rows.A + i * rows.StrideA, rows.StrideA, n, xBuffer),
                        RowReader.Read(y, rows.B + i * rows.StrideB, rows.StrideB, n, yBuffer), result.Slice(rows.C + i, n));
                }
            }
        }

        private void BackwardTo(GradNode node, int operand)
        {
            var (a, b, input) = (node.Input(0), node.Input(1), node.Input(operand));
            var shape = node.OutputShape;
            var strides = Layout.Expand(input.Shape, input.Strides, shape);
            var into = node.GradientFrom(operand, out var accumulate, Layout.Overlaps(shape, strides));
            ReadOnlySpan<float> x = node.DataFrom(0), y = node.DataFrom(1), dz = node.Gradient;
            var rows = new StridedRows(shape, Layout.Expand(a.Shape, a.Strides, shape), Layout.Expand(b.Shape, b.Strides, shape), strides);
            Span<float> xBuffer = stackalloc float[RowReader.Chunk], yBuffer = stackalloc float[RowReader.Chunk], g = stackalloc float[RowReader.Chunk];
            var at = 0;
            while (rows.MoveNext())
            {
                for (var i = 0; i < rows.Length; i += RowReader.Chunk)
                {
                    var n = Math.Min(RowReader.Chunk, rows.Length - i);
                    var left = RowReader.Read(x, rows.A + i * rows.StrideA, rows.StrideA, n, xBuffer);
                    var right = RowReader.Read(y, rows.B + i * rows.StrideB, rows.StrideB, n, yBuffer);
                    if (operand == 0)
                        GradientA(left, right, dz.Slice(at, n), g[..n]);
                    else
                        GradientB(left, right, dz.Slice(at, n), g[..n]);
                    RowReader.Write(g[..n], into, rows.C + i * rows.StrideC, rows.StrideC, accumulate);
                    at += n;
                }
            }
        }

        private torch.Tensor ApplyWhole(torch.Tensor left, torch.Tensor right, in Dims shape)
        {
            var a = left.to(torch.ScalarType.Int64).Expand(shape).Contiguous().Core.Span<long>();
            var b = right.to(torch.ScalarType.Int64).Expand(shape).Contiguous().Core.Span<long>();
            var z = torch.Tensor.New(shape, torch.ScalarType.Int64);
            var result = z.Core.Span<long>();
            for (var i = 0; i < result.Length; i++)
                result[i] = Forward(a[i], b[i]);
            return z;
        }

        private static torch.Tensor AsFloat(torch.Tensor x) => x.dtype == torch.ScalarType.Float32 ? x : x.to(torch.ScalarType.Float32);
    }
}

using VitLab.Torch.Autograd;
using VitLab.Torch.Ops;
using VitLab.Torch.Tensors;

namespace VitLab.Torch
{
    public static partial class torch
    {
        public partial class Tensor
        {
            /// <summary>value where the mask is true, the element elsewhere; the mask is broadcast.</summary>
            public Tensor masked_fill(Tensor mask, Scalar value) => torch.where(mask, full([], value, dtype), this);

            public Tensor where(Tensor condition, Tensor y) => torch.where(condition, this, y);

            /// <summary>The lower triangle of the last two dimensions, 0 elsewhere.</summary>
            /// <param name="diagonal">0 keeps the main diagonal, positive more, negative less.</param>
            public Tensor tril(long diagonal = 0) => Triangle((row, column) => column <= row + diagonal);

            public Tensor triu(long diagonal = 0) => Triangle((row, column) => column >= row + diagonal);

            private Tensor Triangle(Func<long, long, bool> keeps)
            {
                if (Core.Shape.Rank < 2)
                    throw new InvalidOperationException($"tril: input tensor must have at least 2 dimensions, not shape {Core.Shape}");
                var (rows, columns) = (size(-2), size(-1));
                var mask = New(new Dims([rows, columns]), ScalarType.Bool);
                var flags = mask.Core.Span<bool>();
                for (var i = 0; i < rows; i++)
                    for (var j = 0; j < columns; j++)
                        flags[(int)(i * columns + j)] = !keeps(i, j);
                return masked_fill(mask, 0);
            }
        }

        public static Tensor tril(Tensor input, long diagonal = 0) => input.tril(diagonal);

        public static Tensor triu(Tensor input, long diagonal = 0) => input.triu(diagonal);

        /// <summary>x where the condition holds, y elsewhere; all three are broadcast.</summary>
        public static Tensor where(Tensor condition, Tensor x, Tensor y)
        {
            if (condition.dtype != ScalarType.Bool)
                throw new InvalidOperationException($"where expected condition to be a boolean tensor, but got a tensor with dtype {condition.dtype}");
            if (x.dtype != y.dtype)
            {
                var type = ScalarTypes.Promote(x.dtype, y.dtype);
                return where(condition, x.to(type), y.to(type));
            }
            var shape = Layout.Broadcast(Layout.Broadcast(condition.Core.Shape, x.Core.Shape), y.Core.Shape);
            var mask = condition.Expand(shape).Contiguous();
            var z = Tensor.New(shape, x.dtype);
            switch (x.dtype.Size())
            {
                case 1: Choose<byte>(mask.Core, x.Core, y.Core, z.Core); break;
                case 4: Choose<float>(mask.Core, x.Core, y.Core, z.Core); break;
                default: Choose<long>(mask.Core, x.Core, y.Core, z.Core); break;
            }
            if (GradNode.IsWanted(x, y))
            {
                var node = GradNode.Record(z, WhereBackward, x, y);
                node.Save(0, mask.Core.Data);
                node.I = mask.Core.Offset;
            }
            return z;
        }

        private static void Choose<T>(TensorCore mask, TensorCore x, TensorCore y, TensorCore z) where T : unmanaged
        {
            ReadOnlySpan<bool> flags = mask.Span<bool>();
            ReadOnlySpan<T> left = x.Data.AsSpan<T>()[(int)x.Offset..], right = y.Data.AsSpan<T>()[(int)y.Offset..];
            var result = z.Span<T>();
            var rows = new StridedRows(z.Shape, Layout.Expand(x.Shape, x.Strides, z.Shape), Layout.Expand(y.Shape, y.Strides, z.Shape), z.Strides);
            while (rows.MoveNext())
                for (var i = 0; i < rows.Length; i++)
                    result[rows.C + i] = flags[rows.C + i] ? left[rows.A + i * rows.StrideA] : right[rows.B + i * rows.StrideB];
        }

        private static void WhereBackward(GradNode node)
        {
            var shape = node.OutputShape;
            var mask = node.Saved<bool>(0)[(int)node.I..];
            for (var operand = 0; operand < 2; operand++)
            {
                if (!node.Wants(operand))
                    continue;
                var input = node.Input(operand);
                var strides = Layout.Expand(input.Shape, input.Strides, shape);
                var into = node.GradientFrom(operand, out var accumulate, Layout.Overlaps(shape, strides));
                var rows = new StridedRows(shape, shape.RowMajor(), strides);
                var dz = node.Gradient;
                while (rows.MoveNext())
                {
                    for (var i = 0; i < rows.Length; i++)
                    {
                        var g = mask[rows.A + i] == (operand == 0) ? dz[rows.A + i] : 0;
                        ref var to = ref into[rows.B + i * rows.StrideB];
                        to = accumulate ? to + g : g;
                    }
                }
            }
        }
    }
}

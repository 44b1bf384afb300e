using VitLab.Torch.Tensors;

namespace VitLab.Torch.Ops
{
    /// <summary>How GEMM reads the last two dimensions of a tensor: row-major, or as the transpose of something row-major.</summary>
    internal readonly record struct MatrixLayout(bool IsTransposed, int LeadingDimension)
    {
        public static bool TryOf(TensorCore x, out MatrixLayout layout)
        {
            var (rows, columns) = (x.Shape[x.Shape.Last - 1], x.Shape[x.Shape.Last]);
            var (rowStride, columnStride) = (x.Strides[x.Shape.Last - 1], x.Strides[x.Shape.Last]);
            if ((columnStride == 1 || columns == 1) && (rowStride >= columns || rows == 1))
                layout = new MatrixLayout(false, (int)(rows == 1 ? columns : rowStride));
            else if ((rowStride == 1 || rows == 1) && (columnStride >= rows || columns == 1))
                layout = new MatrixLayout(true, (int)(columns == 1 ? rows : columnStride));
            else
            {
                layout = default;
                return false;
            }
            return layout.LeadingDimension > 0;
        }

        /// <summary>The tensor, copied when GEMM cannot read it as it lies.</summary>
        public static torch.Tensor Readable(torch.Tensor x, out MatrixLayout layout)
        {
            if (TryOf(x.Core, out layout))
                return x;
            x = torch.Tensor.Dense(x);
            TryOf(x.Core, out layout);
            return x;
        }
    }
}

namespace VitLab.Torch
{
    public static partial class torch
    {
        /// <summary>Memory as it comes: to be written before it is read.</summary>
        public static Tensor empty(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => Uninitialized(size, dtype).WithGrad(requires_grad);

        public static Tensor empty(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => Uninitialized(size, dtype).WithGrad(requires_grad);

        public static Tensor empty(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => Uninitialized([size], dtype).WithGrad(requires_grad);

        public static Tensor empty(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => Uninitialized([rows, columns], dtype).WithGrad(requires_grad);

        public static Tensor empty(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => Uninitialized([dim0, dim1, dim2], dtype).WithGrad(requires_grad);

        public static Tensor empty(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => Uninitialized([dim0, dim1, dim2, dim3], dtype).WithGrad(requires_grad);

        /// <summary>The same for the shape and type of another tensor.</summary>
        public static Tensor empty_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => Uninitialized(input.Core.Shape.Values, dtype ?? input.dtype).WithGrad(requires_grad);
    }
}

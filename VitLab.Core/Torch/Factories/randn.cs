namespace VitLab.Torch
{
    public static partial class torch
    {
        /// <summary>Standard normal.</summary>
        public static Tensor randn(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => Uninitialized(size, dtype).normal_(0, 1, generator).WithGrad(requires_grad);

        public static Tensor randn(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => Uninitialized(size, dtype).normal_(0, 1, generator).WithGrad(requires_grad);

        public static Tensor randn(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => Uninitialized([size], dtype).normal_(0, 1, generator).WithGrad(requires_grad);

        public static Tensor randn(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => Uninitialized([rows, columns], dtype).normal_(0, 1, generator).WithGrad(requires_grad);

        public static Tensor randn(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => Uninitialized([dim0, dim1, dim2], dtype).normal_(0, 1, generator).WithGrad(requires_grad);

        public static Tensor randn(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => Uninitialized([dim0, dim1, dim2, dim3], dtype).normal_(0, 1, generator).WithGrad(requires_grad);

        /// <summary>The same for the shape of another tensor.</summary>
        public static Tensor randn_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => randn(input.Core.Shape.Values, dtype ?? input.dtype, device, requires_grad);
    }
}

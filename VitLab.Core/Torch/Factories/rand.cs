namespace VitLab.Torch
{
    public static partial class torch
    {
        /// <summary>Uniform in [0, 1).</summary>
        public static Tensor rand(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => Uninitialized(size, dtype).uniform_(0, 1, generator).WithGrad(requires_grad);

        public static Tensor rand(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => Uninitialized(size, dtype).uniform_(0, 1, generator).WithGrad(requires_grad);

        public static Tensor rand(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => Uninitialized([size], dtype).uniform_(0, 1, generator).WithGrad(requires_grad);

        public static Tensor rand(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => Uninitialized([rows, columns], dtype).uniform_(0, 1, generator).WithGrad(requires_grad);

        public static Tensor rand(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => Uninitialized([dim0, dim1, dim2], dtype).uniform_(0, 1, generator).WithGrad(requires_grad);

        public static Tensor rand(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => Uninitialized([dim0, dim1, dim2, dim3], dtype).uniform_(0, 1, generator).WithGrad(requires_grad);

        /// <summary>The same for the shape of another tensor.</summary>
        public static Tensor rand_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => rand(input.Core.Shape.Values, dtype ?? input.dtype, device, requires_grad);
    }
}

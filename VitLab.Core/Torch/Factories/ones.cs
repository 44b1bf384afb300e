namespace VitLab.Torch
{
    public static partial class torch
    {
        /// <summary>All 1.</summary>
        public static Tensor ones(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => Filled(size, 1, dtype ?? ScalarType.Float32, requires_grad);

        public static Tensor ones(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => Filled(size, 1, dtype ?? ScalarType.Float32, requires_grad);

        public static Tensor ones(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => Filled([size], 1, dtype ?? ScalarType.Float32, requires_grad);

        public static Tensor ones(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => Filled([rows, columns], 1, dtype ?? ScalarType.Float32, requires_grad);

        public static Tensor ones(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => Filled([dim0, dim1, dim2], 1, dtype ?? ScalarType.Float32, requires_grad);

        public static Tensor ones(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => Filled([dim0, dim1, dim2, dim3], 1, dtype ?? ScalarType.Float32, requires_grad);

        /// <summary>The same for the shape and type of another tensor.</summary>
        public static Tensor ones_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => Filled(input.Core.Shape.Values, 1, dtype ?? input.dtype, requires_grad);
    }
}

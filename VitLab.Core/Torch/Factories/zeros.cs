namespace VitLab.Torch
{
    public static partial class torch
    {
        /// <summary>All 0.</summary>
        public static Tensor zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => Filled(size, 0, dtype ?? ScalarType.Float32, requires_grad);

        public static Tensor zeros(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => Filled(size, 0, dtype ?? ScalarType.Float32, requires_grad);

        public static Tensor zeros(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => Filled([size], 0, dtype ?? ScalarType.Float32, requires_grad);

        public static Tensor zeros(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => Filled([rows, columns], 0, dtype ?? ScalarType.Float32, requires_grad);

        public static Tensor zeros(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => Filled([dim0, dim1, dim2], 0, dtype ?? ScalarType.Float32, requires_grad);

        public static Tensor zeros(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => Filled([dim0, dim1, dim2, dim3], 0, dtype ?? ScalarType.Float32, requires_grad);

        /// <summary>The same for the shape and type of another tensor.</summary>
        public static Tensor zeros_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => Filled(input.Core.Shape.Values, 0, dtype ?? input.dtype, requires_grad);
    }
}

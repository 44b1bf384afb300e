using VitLab.Torch.Tensors;

namespace VitLab.Torch
{
    public static partial class torch
    {
        /// <summary>A tensor of the given shape whose elements are not set.</summary>
        private static Tensor Uninitialized(ReadOnlySpan<long> size, ScalarType? dtype) => Tensor.New(CheckedShape(size), dtype ?? ScalarType.Float32);

        private static Tensor Filled(ReadOnlySpan<long> size, Scalar value, ScalarType? dtype, bool requires_grad)
        {
            var tensor = Uninitialized(size, dtype ?? (value.IsFloating ? ScalarType.Float32 : ScalarType.Int64));
            tensor.Fill(value);
            return requires_grad ? tensor.requires_grad_() : tensor;
        }

        private static Dims CheckedShape(ReadOnlySpan<long> size)
        {
            foreach (var extent in size)
                if (extent < 0)
                    throw new ArgumentException($"Trying to create tensor with negative dimension {extent}: {new Dims(size)}");
            return new Dims(size);
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VitLab.Torch.Tensors;

namespace VitLab.Torch
{
    public static partial class torch
    {
        private static Tensor FromArray<T>(ReadOnlySpan<T> values, ReadOnlySpan<long> dimensions, ScalarType? dtype, bool requires_grad) where T : unmanaged
        {
            var shape = CheckedShape(dimensions);
            if (shape.Count != values.Length)
                throw new ArgumentException($"mismatched total size creating a tensor from an array: {values.Length} values cannot fill shape {shape}");
            var tensor = Tensor.New(shape, ScalarTypes.Of<T>());
            values.CopyTo(tensor.Core.Span<T>());
            return tensor.to(dtype ?? tensor.dtype, disposeAfter: true).WithGrad(requires_grad);
        }

        private static Tensor FromArray<T>(Array values, ReadOnlySpan<long> dimensions, ScalarType? dtype, bool requires_grad) where T : unmanaged =>
            FromArray(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(values)), values.Length), dimensions, dtype, requires_grad);
    }
}

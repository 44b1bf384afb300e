using VitLab.Torch.Tensors;

namespace VitLab.Torch
{
    public static partial class torch
    {
        public partial class Tensor
        {
            /// <summary>The elements, to read or write in place.</summary>
            /// <exception cref="ArgumentException">T is not the tensor's element type.</exception>
            public Utils.TensorAccessor<T> data<T>() where T : unmanaged
            {
                CheckType<T>();
                return new Utils.TensorAccessor<T>(this);
            }

            /// <summary>The value of a one-element tensor, in its own type.</summary>
            public T item<T>() where T : unmanaged
            {
                CheckType<T>();
                if (numel() != 1)
                    throw new ArgumentException($"Number of elements in the tensor must be 1, but its shape is {Core.Shape}.");
                return Core.Span<T>()[0];
            }

            private void CheckType<T>() where T : unmanaged
            {
                if (ScalarTypes.Of<T>() != dtype)
                    throw new ArgumentException($"{typeof(T).Name} is not compatible with {dtype}: the tensor holds {dtype} elements; convert with to().");
            }
        }
    }

    /// <summary>Conversions of one-element tensors to .NET numbers, whatever the element type.</summary>
    public static class TensorExtensionMethods
    {
        public static float ToSingle(this torch.Tensor value) => (float)Number(value);

        public static double ToDouble(this torch.Tensor value) => Number(value);

        public static int ToInt32(this torch.Tensor value) => (int)Number(value);

        public static long ToInt64(this torch.Tensor value) => value.dtype == torch.ScalarType.Int64 ? value.item<long>() : (long)Number(value);

        public static bool ToBoolean(this torch.Tensor value) => Number(value) != 0;

        private static double Number(torch.Tensor value) => value.dtype switch
        {
            torch.ScalarType.Float32 => value.item<float>(),
            torch.ScalarType.Float64 => value.item<double>(),
            torch.ScalarType.Int64 => value.item<long>(),
            torch.ScalarType.Int32 => value.item<int>(),
            torch.ScalarType.Byte => value.item<byte>(),
            _ => value.item<bool>() ? 1 : 0,
        };
    }
}

using VitLab.Torch.Ops;

namespace VitLab.Torch.Utils
{
    /// <summary>Elements of a tensor in row-major order, through whatever strides it has.</summary>
    public sealed class TensorAccessor<T> : IEnumerable<T>, IDisposable where T : unmanaged
    {
        private readonly torch.Tensor _tensor;

        internal TensorAccessor(torch.Tensor tensor) => _tensor = tensor;

        public long Count => _tensor.Core.Count;

        /// <summary>An element by its index in each dimension.</summary>
        public T this[params long[] indices]
        {
            get => _tensor.Core.Data.AsSpan<T>()[At(indices)];
            set
            {
                _tensor.Core.Data.AsSpan<T>()[At(indices)] = value;
                _tensor.Core.Data.Version++;
            }
        }

        public T[] ToArray()
        {
            var array = new T[Count];
            CopyTo(array.AsSpan());
            return array;
        }

        public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => Flat()[(int)tensorIndex..].CopyTo(array.AsSpan(arrayIndex));

        public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0) => Flat()[(int)tensorIndex..].CopyTo(array[arrayIndex..]);

        public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

        /// <summary>Overwrites the elements from <paramref name="tensorIndex"/> on.</summary>
        public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
        {
            var core = _tensor.Core;
            if (!core.IsContiguous)
                throw new InvalidOperationException($"Writing into a tensor of shape {core.Shape} and strides {core.Strides} needs contiguous memory.");
            array.Slice(arrayIndex, (int)(Count - tensorIndex)).CopyTo(core.Span<T>()[(int)tensorIndex..]);
            core.Data.Version++;
        }

        /// <summary>Nothing to let go: the memory is the tensor's.</summary>
        public void Dispose()
        {
        }

        public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

        private ReadOnlySpan<T> Flat()
        {
            var core = _tensor.Core;
            if (core.IsContiguous)
                return core.Span<T>();
            var array = new T[core.Count];
            Strided.Gather<T>(core.Shape, core.Data.AsSpan<T>()[(int)core.Offset..], core.Strides, array);
            return array;
        }

        private int At(long[] indices)
        {
            var core = _tensor.Core;
            if (indices.Length != core.Shape.Rank)
                throw new ArgumentException($"{indices.Length} indices given for a tensor of shape {core.Shape}.", nameof(indices));
            var at = core.Offset;
            for (var i = 0; i < indices.Length; i++)
            {
                var size = core.Shape[i];
                var index = indices[i] < 0 ? indices[i] + size : indices[i];
                if (index < 0 || index >= size)
                    throw new ArgumentOutOfRangeException(nameof(indices), $"index {indices[i]} is out of bounds for dimension {i} with size {size}");
                at += index * core.Strides[i];
            }
            return (int)at;
        }
    }
}

using VitLab.Torch.Tensors;

namespace VitLab.Torch
{
    public static partial class torch
    {
        // Parts of a tensor, as views.
        public partial class Tensor
        {
            /// <summary>One index of a dimension, which disappears.</summary>
            public Tensor select(long dim, long index)
            {
                var (shape, strides) = (Core.Shape, Core.Strides);
                if (shape.Rank == 0)
                    throw new InvalidOperationException("select() cannot be applied to a 0-dim tensor.");
                var at = shape.Dimension(dim);
                var size = shape[at];
                if (index < -size || index >= size)
                    throw new ArgumentOutOfRangeException(nameof(index), $"select(): index {index} out of range for tensor of size {shape} at dimension {dim}");
                var offset = Core.Offset + (index < 0 ? index + size : index) * strides[at];
                shape.RemoveAt(at);
                strides.RemoveAt(at);
                return new Tensor(Core.View(shape, strides, offset));
            }

            /// <summary>Indices start … start + length - 1 of a dimension.</summary>
            public Tensor narrow(long dim, long start, long length)
            {
                var at = Core.Shape.Dimension(dim);
                var size = Core.Shape[at];
                var first = start < 0 ? start + size : start;
                if (first < 0 || length < 0 || first + length > size)
                    throw new ArgumentOutOfRangeException(nameof(start), $"start ({start}) + length ({length}) exceeds dimension size ({size}) of shape {Core.Shape}.");
                return Slice(at, first, first + length, 1);
            }

            /// <summary>Every step-th index of start … finish - 1; bounds are clamped as in Python.</summary>
            public Tensor slice(long dim, long start, long finish, long step)
            {
                var at = Core.Shape.Dimension(dim);
                var size = Core.Shape[at];
                if (step <= 0)
                    throw new ArgumentOutOfRangeException(nameof(step), "slice step must be positive");
                var first = Math.Clamp(start < 0 ? start + size : start, 0, size);
                var end = Math.Clamp(finish < 0 ? finish + size : finish, first, size);
                return Slice(at, first, end, step);
            }

            /// <summary>Pieces of <paramref name="size"/> along a dimension, the last one possibly smaller.</summary>
            public Tensor[] split(long size, int dim = 0)
            {
                if (size <= 0)
                    throw new ArgumentOutOfRangeException(nameof(size), $"split expects split_size be positive, but got split_size={size}");
                var length = Core.Shape[Core.Shape.Dimension(dim)];
                var parts = new Tensor[Math.Max((length + size - 1) / size, 1)];
                for (var i = 0; i < parts.Length; i++)
                    parts[i] = narrow(dim, i * size, Math.Min(size, length - i * size));
                return parts;
            }

            /// <summary>Pieces of the given sizes along a dimension.</summary>
            public Tensor[] split(long[] sizes, long dim = 0)
            {
                var length = Core.Shape[Core.Shape.Dimension(dim)];
                if (sizes.Sum() != length)
                    throw new ArgumentException($"split_with_sizes expects split_sizes to sum exactly to {length} (input tensor's size at dimension {dim}), but got split_sizes={new Dims(sizes)}");
                var parts = new Tensor[sizes.Length];
                var start = 0L;
                for (var i = 0; i < sizes.Length; start += sizes[i++])
                    parts[i] = narrow(dim, start, sizes[i]);
                return parts;
            }

            /// <summary>At most this many equal pieces along a dimension.</summary>
            public Tensor[] chunk(long chunks, long dim = 0)
            {
                var length = Core.Shape[Core.Shape.Dimension(dim)];
                return split(Math.Max((length + chunks - 1) / chunks, 1), Core.Shape.Dimension(dim));
            }

            /// <summary>One view per index of a dimension, which disappears.</summary>
            public Tensor[] unbind(long dimension = 0)
            {
                var parts = new Tensor[Core.Shape[Core.Shape.Dimension(dimension)]];
                for (var i = 0; i < parts.Length; i++)
                    parts[i] = select(dimension, i);
                return parts;
            }

            /// <summary>Sliding windows of a dimension, appended as the last dimension (overlapping views: read only).</summary>
            public Tensor unfold(long dimension, long size, long step)
            {
                var (shape, strides) = (Core.Shape, Core.Strides);
                var at = shape.Dimension(dimension);
                if (size > shape[at] || step <= 0)
                    throw new ArgumentException($"unfold: windows of size {size} with step {step} do not fit dimension {dimension} of shape {shape}.");
                shape[at] = (shape[at] - size) / step + 1;
                shape.Add(size);
                strides.Add(strides[at]);
                strides[at] *= step;
                return new Tensor(Core.View(shape, strides, Core.Offset));
            }

            private Tensor Slice(int at, long first, long end, long step)
            {
                var (shape, strides) = (Core.Shape, Core.Strides);
                var offset = Core.Offset + first * strides[at];
                shape[at] = (end - first + step - 1) / step;
                strides[at] *= step;
                return new Tensor(Core.View(shape, strides, offset));
            }
        }
    }
}

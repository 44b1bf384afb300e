using System.Numerics.Tensors;
using VitLab.Kernels;
using VitLab.Torch.Tensors;

namespace VitLab.Torch.Ops
{
    /// <summary>Moves and sums through strides; a stride of 0 repeats when read and sums up when written.</summary>
    internal static class Strided
    {
        /// <summary>to = from, element by element.</summary>
        public static void Copy<T>(in Dims shape, ReadOnlySpan<T> from, in Dims fromStrides, Span<T> to, in Dims toStrides) where T : unmanaged
        {
            var rows = new StridedRows(shape, fromStrides, toStrides);
            while (rows.MoveNext())
            {
                var (n, s, d) = (rows.Length, rows.StrideA, rows.StrideB);
                if (s == 1 && d == 1)
                    from.Slice(rows.A, n).CopyTo(to[rows.B..]);
                else if (s == 0 && d == 1)
                    to.Slice(rows.B, n).Fill(from[rows.A]);
                else
                    for (var i = 0; i < n; i++)
                        to[rows.B + i * d] = from[rows.A + i * s];
            }
        }

        /// <summary>Row-major copy of a strided window.</summary>
        public static void Gather<T>(in Dims shape, ReadOnlySpan<T> from, in Dims strides, Span<T> to) where T : unmanaged =>
            Copy(shape, from, strides, to, shape.RowMajor());

        /// <summary>to += from.</summary>
        public static void Accumulate(in Dims shape, ReadOnlySpan<float> from, in Dims fromStrides, Span<float> to, in Dims toStrides)
        {
            var rows = new StridedRows(shape, fromStrides, toStrides);
            while (rows.MoveNext())
                AddRow(from[rows.A..], rows.StrideA, to[rows.B..], rows.StrideB, rows.Length);
        }

        /// <summary>to (=, +=) from, as the first or a later writer of a gradient.</summary>
        public static void Write(in Dims shape, ReadOnlySpan<float> from, in Dims fromStrides, Span<float> to, in Dims toStrides, bool accumulate)
        {
            if (accumulate)
                Accumulate(shape, from, fromStrides, to, toStrides);
            else
                Copy(shape, from, fromStrides, to, toStrides);
        }

        /// <summary>to (one row, stride 0 sums) += row.</summary>
        public static void AddRow(ReadOnlySpan<float> from, int fromStride, Span<float> to, int toStride, int n)
        {
            if (toStride == 1 && fromStride == 1)
                ElementwiseKernel.Accumulate(from[..n], to);
            else if (toStride == 1 && fromStride == 0)
                TensorPrimitives.Add(to[..n], from[0], to);
            else if (toStride == 0 && fromStride == 1)
                to[0] += TensorPrimitives.Sum(from[..n]);
            else
                for (var i = 0; i < n; i++)
                    to[i * toStride] += from[i * fromStride];
        }
    }
}

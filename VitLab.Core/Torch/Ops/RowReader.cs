namespace VitLab.Torch.Ops
{
    /// <summary>Shows a strided row piece by piece as contiguous memory: in place when it is, through a small buffer otherwise.</summary>
    internal static class RowReader
    {
        /// <summary>Elements handled at a time; the buffers stay in the first-level cache.</summary>
        public const int Chunk = 1024;

        public static ReadOnlySpan<T> Read<T>(ReadOnlySpan<T> from, int start, int stride, int n, Span<T> buffer) where T : unmanaged
        {
            if (stride == 1)
                return from.Slice(start, n);
            var row = buffer[..n];
            if (stride == 0)
                row.Fill(from[start]);
            else
                for (var i = 0; i < n; i++)
                    row[i] = from[start + i * stride];
            return row;
        }

        /// <summary>Writes a contiguous piece through a stride; a stride of 0 sums it up.</summary>
        public static void Write(ReadOnlySpan<float> row, Span<float> to, int start, int stride, bool accumulate)
        {
            if (accumulate)
                Strided.AddRow(row, 1, to[start..], stride, row.Length);
            else if (stride == 1)
                row.CopyTo(to[start..]);
            else
                for (var i = 0; i < row.Length; i++)
                    to[start + i * stride] = row[i];
        }
    }
}

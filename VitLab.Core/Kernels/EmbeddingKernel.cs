namespace VitLab.Kernels;

/// <summary>y[i] = table[indices[i]]. Backward reads the indices.</summary>
public static class EmbeddingKernel
{
    /// <param name="indices">(count), each in 0..entries-1.</param>
    /// <param name="table">(entries, D).</param>
    /// <param name="y">(count, D).</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the table.</exception>
    public static void Forward(ReadOnlySpan<long> indices, ReadOnlySpan<float> table, Span<float> y, int D)
    {
        for (var i = 0; i < indices.Length; i++) table.Slice(Row(indices, i, table.Length / D) * D, D).CopyTo(y[(i * D)..]);
    }

    /// <summary>dtable[indices[i]] += dy[i], in the order of the indices.</summary>
    /// <param name="paddingIndex">The row that gets no gradient; negative: none.</param>
    public static void Backward(ReadOnlySpan<long> indices, ReadOnlySpan<float> dy, Span<float> dtable, int D, long paddingIndex = -1)
    {
        for (var i = 0; i < indices.Length; i++)
        {
            var row = Row(indices, i, dtable.Length / D);
            if (row == paddingIndex) continue;
            for (var d = 0; d < D; d++) dtable[row * D + d] += dy[i * D + d];
        }
    }

    private static int Row(ReadOnlySpan<long> indices, int i, int entries) => (ulong)indices[i] < (ulong)entries
        ? (int)indices[i]
        : throw new ArgumentOutOfRangeException(nameof(indices), $"Index {indices[i]} at {i} is outside the table: expected 0..{entries - 1}.");
}

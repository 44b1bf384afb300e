namespace VitLab.Models;

/// <summary>Resizing grids of numbers as a product with a matrix along each axis.</summary>
internal static class Resampling
{
    /// <summary>m x mᵀ for the last two dimensions of <paramref name="grid"/> (…, from, from): (…, to, to).</summary>
    public static Tensor Apply(Tensor matrix, Tensor grid) => Apply(matrix, grid, matrix);

    /// <summary>The same with a matrix of its own along each axis: (…, from, from') to (…, to, to').</summary>
    public static Tensor Apply(Tensor rows, Tensor grid, Tensor columns) => rows.matmul(grid).matmul(columns.transpose(0, 1));

    /// <summary>
    /// (to, from): linear interpolation between cell centres, the outermost cells continued to the edge; rows sum to 1, so a constant grid
    /// stays constant. PyTorch's interpolate(mode="bilinear", align_corners=False) along one axis.
    /// </summary>
    public static Tensor Interpolation(long from, long to) => Matrix(from, to, (row, column) =>
    {
        var centre = Math.Clamp(((row + 0.5) * from / to) - 0.5, 0, from - 1);
        return Math.Max(0, 1 - Math.Abs(centre - column));
    });

    /// <summary>(to, from): every cell's number dealt to the cells it overlaps in proportion; columns sum to 1, so the grid's sum stays.</summary>
    public static Tensor Spreading(long from, long to) => Matrix(from, to, (row, column) =>
    {
        var (start, end) = ((double)row * from / to, (double)(row + 1) * from / to);
        return Math.Max(0, Math.Min(end, column + 1) - Math.Max(start, column));
    });

    private static Tensor Matrix(long from, long to, Func<long, long, double> entry)
    {
        var values = new float[to * from];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)entry(i / from, i % from);
        }

        return torch.tensor(values, [to, from]);
    }
}

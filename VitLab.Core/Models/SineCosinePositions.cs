namespace VitLab.Models;

/// <summary>
/// Fixed positions of patches for grids of any size: half of the width says the row, half the column, each as sines, then cosines, of angles that
/// fall from one radian a patch to a hundredth. Vaswani et al., https://arxiv.org/abs/1706.03762, in two dimensions as in He et al.,
/// https://arxiv.org/abs/2111.06377, where prefix tokens have zeros; Vaswani's slowest angle, a ten-thousandth, suits texts and not grids of 24 patches.
/// </summary>
/// <param name="prefix">Tokens before the patches.</param>
internal sealed class SineCosinePositions(int dim, int prefix)
{
    private const double Slowest = 100;

    private readonly Dictionary<(long, long), Tensor> _known = [];

    /// <summary>(1, prefix + rows · columns, D), row by row; made once for each size.</summary>
    public Tensor Of(long rows, long columns, Device device)
    {
        if (!_known.TryGetValue((rows, columns), out var positions))
        {
            positions = torch.tensor(Values(rows, columns), [1, prefix + (rows * columns), dim], device: device).DetachFromDisposeScope();
            _known.Add((rows, columns), positions);
        }

        return positions;
    }

    private float[] Values(long rows, long columns)
    {
        var (values, angles) = (new float[(prefix + (rows * columns)) * dim], dim / 4);
        for (var patch = 0L; patch < rows * columns; patch++)
        {
            var place = values.AsSpan((int)((prefix + patch) * dim), dim);
            for (var i = 0; i < angles; i++)
            {
                var rate = Math.Pow(Slowest, -(double)i / angles);
                var (row, column) = (patch / columns * rate, patch % columns * rate);
                (place[i], place[angles + i]) = ((float)Math.Sin(row), (float)Math.Cos(row));
                (place[(2 * angles) + i], place[(3 * angles) + i]) = ((float)Math.Sin(column), (float)Math.Cos(column));
            }
        }

        return values;
    }
}

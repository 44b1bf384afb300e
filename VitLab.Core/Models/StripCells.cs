namespace VitLab.Models;

/// <summary>
/// The cells of strips of digits, as tokens. A cell of a single shade carries no digit: it is padding wherever it stands, costs no encoder and is not
/// looked at. Lives as long as the dispose scope it was made in.
/// </summary>
internal sealed class StripCells
{
    /// <summary>Added to a score, it leaves a probability of exactly 0; unlike −∞, it leaves numbers where there is nothing to look at.</summary>
    private const float Masked = -1e9f;

    private readonly Tensor _cells;
    private readonly bool[] _inked;
    private readonly long _strips;

    /// <param name="strips">(B, 1, side, N · side): N square cells side by side.</param>
    public StripCells(Tensor strips)
    {
        var (B, side) = (strips.shape[0], strips.shape[2]);
        _strips = B;
        _cells = strips.view(B, side, -1, side).transpose(1, 2).flatten(0, 1).unsqueeze(1);     // (B · N, 1, side, side)
        Inked = HasShades(_cells.flatten(1)).view(B, -1);
        _inked = Array.ConvertAll(Inked.cpu().data<float>().ToArray(), inked => inked > 0);
    }

    /// <summary>(B, N): 1 where there is a digit, 0 where there is padding.</summary>
    public Tensor Inked { get; }

    /// <summary>(B, 1, 1, N), to be added to scores: 0 where there is a digit, so negative elsewhere that nothing looks there.</summary>
    public Tensor Mask => MaskOf(Inked);

    /// <summary>The same, and nothing looks at the first cell.</summary>
    public Tensor MaskBehindFirst => MaskOf(torch.cat([torch.zeros_like(Inked.narrow(1, 0, 1)), Inked.narrow(1, 1, Inked.shape[1] - 1)], dim: 1));

    /// <summary>(B, N, E): the digits' embeddings, 0 where there is padding. The encoder sees the digits alone.</summary>
    public Tensor Embed(DigitEncoder encoder, int embedding)
    {
        var padding = torch.zeros(1, embedding, device: _cells.device);
        long[] digits = [.. Enumerable.Range(0, _inked.Length).Where(cell => _inked[cell]).Select(cell => (long)cell)];
        var known = digits.Length == 0 ? padding : torch.cat([encoder.call(_cells.index_select(0, Index(digits))), padding], dim: 0);   // (digits + 1, E)
        return known.index_select(0, Index(Places(digits.Length))).view(_strips, -1, embedding);
    }

    /// <summary>1 for each row (R, pixels) in which pixels differ, otherwise 0: (R).</summary>
    private static Tensor HasShades(Tensor pixels)
    {
        using var scope = torch.NewDisposeScope();   // differences of every pixel, of which nothing is needed any more
        return (pixels - pixels.narrow(1, 0, 1)).abs().sum(1).gt(0).to_type(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    private static Tensor MaskOf(Tensor visible) => ((1 - visible) * Masked).unsqueeze(1).unsqueeze(1);

    /// <summary>Which row of the packed embeddings each cell has; padding has the last.</summary>
    private long[] Places(long digits)
    {
        var next = 0L;
        return Array.ConvertAll(_inked, isInked => isInked ? next++ : digits);
    }

    private Tensor Index(long[] rows) => torch.tensor(rows, device: _cells.device);
}

namespace VitLab.Models;

/// <summary>What attention looks at: keys and values of every head, both (B, H, N, D / H).</summary>
/// <param name="Mask">(B, 1, 1, N), added to the scores; null when everything may be looked at.</param>
public sealed record KeyValues(Tensor Keys, Tensor Values, Tensor? Mask = null)
{
    public long Count => Keys.shape[2];

    /// <summary>These, then <paramref name="more"/>, without a mask.</summary>
    public KeyValues Append(KeyValues more) => new(torch.cat([Keys, more.Keys], dim: 2), torch.cat([Values, more.Values], dim: 2));
}

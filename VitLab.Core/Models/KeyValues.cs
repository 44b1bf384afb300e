namespace VitLab.Models;

/// <summary>What attention looks at: keys and values of every head, both (B, H, N, D / H).</summary>
public sealed record KeyValues(Tensor Keys, Tensor Values)
{
    public long Count => Keys.shape[2];

    /// <summary>These, then <paramref name="more"/>.</summary>
    public KeyValues Append(KeyValues more) => new(torch.cat([Keys, more.Keys], dim: 2), torch.cat([Values, more.Values], dim: 2));
}

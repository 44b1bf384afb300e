namespace VitLab.Models;

/// <summary>How a projection's features are dealt to the heads and gathered again. Both are views.</summary>
internal static class AttentionHeads
{
    /// <summary>(B, N, parts · D) → <paramref name="parts"/> tensors (B, H, N, D / H): query, key and value of one projection.</summary>
    public static Tensor[] Split(Tensor projected, int parts, int heads)
    {
        var (B, N, D) = (projected.shape[0], projected.shape[1], projected.shape[2] / parts);
        return projected.view(B, N, parts, heads, D / heads).permute(2, 0, 3, 1, 4).unbind(0);
    }

    /// <summary>(B, H, N, D / H) → (B, N, D).</summary>
    public static Tensor Join(Tensor heads) => heads.transpose(1, 2).flatten(2);
}

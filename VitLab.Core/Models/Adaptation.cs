namespace VitLab.Models;

/// <summary>Resizes what a Vision Transformer has learned about the size of its pictures, for pictures of another size.</summary>
internal static class Adaptation
{
    public const string PrefixName = "cls_token", PositionsName = "pos_embed", PatchesName = "patch_embed.proj.weight";

    /// <summary>The entry of this name in the shape of <paramref name="target"/> and in words how it got there, or null when there is no sound way.</summary>
    /// <param name="name">In the state dict of a Vision Transformer.</param>
    /// <param name="prefix">Prefix tokens of the model that <paramref name="source"/> comes from.</param>
    /// <param name="targetPrefix">Prefix tokens of the model that it goes to.</param>
    public static (Tensor Fitted, string How)? Fit(string name, Tensor source, long prefix, Tensor target, long targetPrefix) => name switch
    {
        PrefixName when prefix == 1 && source.shape[2] == target.shape[2] => (source.expand(target.shape), $"one token repeated for {targetPrefix}"),
        PositionsName when source.shape[2] == target.shape[2] => Positions(source, prefix, target, targetPrefix),
        WindowPositions.Name when source.shape[1] - prefix == target.shape[1] && source.shape[2] == target.shape[2] =>
            (source.narrow(1, prefix, target.shape[1]), "positions of one digit kept in every cell"),
        PatchesName when source.shape[0] == target.shape[0] && source.shape[1] == target.shape[1] && source.shape[2] == source.shape[3] => Patches(source, target),
        _ => null,
    };

    // Patches' positions are interpolated between the two grids, which are taken to be square. A single prefix position is repeated for
    // each of the target's; another number of them says nothing about the target's, which keep their first values.
    private static (Tensor, string)? Positions(Tensor source, long prefix, Tensor target, long targetPrefix)
    {
        var (side, targetSide) = (Math.Sqrt(source.shape[1] - prefix), Math.Sqrt(target.shape[1] - targetPrefix));
        if (side < 1 || !double.IsInteger(side) || !double.IsInteger(targetSide))
        {
            return null;
        }

        var (n, m, D) = ((long)side, (long)targetSide, source.shape[2]);
        var grid = source.narrow(1, prefix, n * n).view(n, n, D).permute(2, 0, 1);                                // (D, n, n)
        var patches = Resampling.Apply(Resampling.Interpolation(n, m), grid).flatten(1).transpose(0, 1).unsqueeze(0);   // (1, m · m, D)
        var how = n == m ? "positions of the patches kept" : $"positions interpolated {n} × {n} → {m} × {m}";
        if (targetPrefix == 0)
        {
            return (patches, how);
        }

        var prefixes = prefix == targetPrefix || prefix == 1
            ? source.narrow(1, 0, prefix).expand(1, targetPrefix, D)
            : target.narrow(1, 0, targetPrefix).cpu();
        return (torch.cat([prefixes, patches], dim: 1), how);
    }

    // A patch is read as the smaller one it becomes when its pixels are averaged (or the larger one when they are repeated):
    // FlexiViT's pseudo-inverse resize for area resampling. Beyer et al., https://arxiv.org/abs/2212.08013.
    private static (Tensor, string) Patches(Tensor source, Tensor target)
    {
        var (p, q) = (source.shape[2], target.shape[2]);
        return (Resampling.Apply(Resampling.Spreading(p, q), source), $"patches resized {p} × {p} → {q} × {q} px");           // (D, C, q, q)
    }
}

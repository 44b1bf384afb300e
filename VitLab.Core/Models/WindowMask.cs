namespace VitLab.Models;

/// <summary>Who may look at whom when attention stays within windows. Li et al., ViTDet, https://arxiv.org/abs/2203.16527, section 3.</summary>
internal static class WindowMask
{
    /// <summary>(N, N), to be added to scores: 0 between tokens of one window and wherever a prefix token takes part, −∞ elsewhere.</summary>
    public static Tensor Of(VitConfig config)
    {
        var n = config.Tokens;
        var values = new float[n * n];
        for (var i = 0; i < values.Length; i++)
        {
            var (query, key) = (i / n - config.PrefixTokens, i % n - config.PrefixTokens);
            values[i] = query < 0 || key < 0 || WindowOf(query, config) == WindowOf(key, config) ? 0 : float.NegativeInfinity;
        }

        return torch.tensor(values, [n, n]);
    }

    private static (int Row, int Column) WindowOf(int patch, VitConfig config) =>
        (patch / config.GridWidth / config.Window, patch % config.GridWidth / config.Window);
}

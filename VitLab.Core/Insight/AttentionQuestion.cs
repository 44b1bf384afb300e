namespace VitLab.Insight;

/// <summary>Whose attention is meant: a token before the patches, one patch (row by row), or all patches together.</summary>
public enum AttentionQuery
{
    Prefix,
    Patch,
    Patches,
}

/// <summary>What is asked of the attention of a stack.</summary>
/// <param name="Index">Of the token before the patches, or of the patch.</param>
/// <param name="By">Who attends to the query, instead of what it attends to.</param>
/// <param name="Rollout">All heads together are the rollout from the picture up to the layer, instead of the mean of the layer's heads.</param>
public sealed record AttentionQuestion(AttentionQuery Of, int Index = 0, bool By = false, bool Rollout = false)
{
    /// <summary>
    /// The same question of these maps, which may have fewer tokens: a patch or token beyond the last one is the last or first one, a model
    /// without tokens before the patches is asked about all patches. Who attends to all patches is everybody alike, so that is never asked.
    /// </summary>
    public AttentionQuestion Within(AttentionMaps maps)
    {
        var (of, index) = Of switch
        {
            AttentionQuery.Patch => (AttentionQuery.Patch, Math.Clamp(Index, 0, maps.Tokens - maps.PrefixTokens - 1)),
            _ when maps.PrefixTokens == 0 => (AttentionQuery.Patches, 0),
            AttentionQuery.Prefix when Index >= 0 && Index < maps.PrefixTokens => (AttentionQuery.Prefix, Index),
            _ => (AttentionQuery.Prefix, 0),
        };
        return this with { Of = of, Index = index, By = By && of != AttentionQuery.Patches };
    }
}

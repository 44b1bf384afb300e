namespace VitLab.Insight;

/// <summary>
/// Attention of one picture through the stack: Weights[layer, head, query, key], row-major, each row summing to 1 before quantisation
/// to bytes (255 = 1). The <see cref="PrefixTokens"/> come first (one: CLS); patch p of the grid is token PrefixTokens + p, row by row.
/// </summary>
public sealed record AttentionMaps(int Layers, int Heads, int Tokens, int PrefixTokens, int GridHeight, int GridWidth, byte[] Weights);

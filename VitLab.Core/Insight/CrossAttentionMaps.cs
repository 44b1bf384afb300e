namespace VitLab.Insight;

/// <summary>
/// A decoder's attention to the encoder's patches, one row for each emitted token: Weights[layer, head, step, patch], row-major, each row
/// summing to 1 before quantisation to bytes (255 = 1). Patches run row by row.
/// </summary>
public sealed record CrossAttentionMaps(int Layers, int Heads, int Steps, int GridHeight, int GridWidth, byte[] Weights);

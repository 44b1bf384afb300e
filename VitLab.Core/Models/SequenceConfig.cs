namespace VitLab.Models;

/// <summary>Shape of the models that read strips of digits: what embeds a digit, and the transformer over the embeddings.</summary>
/// <param name="Encoder">Of one cell of the strip.</param>
/// <param name="Vit">Of the strip whose patches are its cells; as wide as an embedding, without prefix tokens and positions.</param>
public sealed record SequenceConfig(DigitEncoderConfig Encoder, VitConfig Vit)
{
    /// <param name="cells">Of the strip.</param>
    public static SequenceConfig Of(DigitEncoderConfig encoder, int cells, int depth, int heads, int mlpDim) =>
        new(encoder, new VitConfig(Channels: 1, encoder.Side, cells * encoder.Side, encoder.Side, encoder.Embedding, depth, heads, mlpDim) { PrefixTokens = 0 });
}

namespace VitLab.Models;

/// <summary>Shape of a <see cref="DigitEncoder"/>.</summary>
/// <param name="Side">Of a picture, in pixels; a multiple of 4, for it is halved twice.</param>
/// <param name="Channels">Of the first convolution; the second has twice as many.</param>
/// <param name="Embedding">Numbers that a picture becomes.</param>
public sealed record DigitEncoderConfig(int Side, int Channels, int Embedding)
{
    /// <summary>Outputs of the convolutions: two times halved, twice the channels.</summary>
    public int Features => 2 * Channels * (Side / 4) * (Side / 4);
}

namespace VitLab.Models;

/// <summary>Shape of a <see cref="GridTranscriber"/>. The decoder has the encoder's width, heads, MLP and regularisation.</summary>
/// <param name="Vit">The encoder; its prefix tokens are left out.</param>
/// <param name="DecoderDepth">Decoder blocks.</param>
/// <param name="MostDigits">Digits a picture can have.</param>
public sealed record TranscriberConfig(VitConfig Vit, int DecoderDepth, int MostDigits)
{
    public VitConfig Encoder => Vit with { PrefixTokens = 0 };

    /// <summary>Length of the longest text: its digits and finish; or start and its digits, as the decoder reads them.</summary>
    public int MostTokens => MostDigits + 1;
}

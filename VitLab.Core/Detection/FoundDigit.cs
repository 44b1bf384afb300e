using VitLab.Vision;

namespace VitLab.Detection;

/// <summary>A digit as a detector sees it.</summary>
/// <param name="Presence">Chance that there is a digit, 0…1.</param>
/// <param name="Probabilities">Of the ten digits, summing to 1, should there be one.</param>
public sealed record FoundDigit(InkBox Box, float Presence, float[] Probabilities)
{
    public int Label => Array.IndexOf(Probabilities, Probabilities.Max());

    /// <summary>How sure the whole answer is: that there is a digit, and that it is this one.</summary>
    public float Score => Presence * Probabilities[Label];
}

namespace VitLab.Models;

/// <summary>What a transcriber wrote about one picture.</summary>
/// <param name="Tokens">Digits, then finish; without finish when the text came to its greatest length.</param>
/// <param name="Probabilities">For each token, those of the <see cref="DigitVocabulary.Written"/> that could have stood there, summing to 1.</param>
public sealed record Transcript(IReadOnlyList<int> Tokens, IReadOnlyList<float[]> Probabilities)
{
    public IEnumerable<int> Digits => Tokens.Where(static token => token < DigitVocabulary.Digits);

    public bool IsFinished => Tokens.Count > 0 && Tokens[^1] == DigitVocabulary.Finish;
}

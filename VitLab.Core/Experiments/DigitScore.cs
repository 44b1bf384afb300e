using VitLab.Insight;

namespace VitLab.Experiments;

/// <summary>
/// What becomes an <see cref="Evaluation"/>: answers with their losses and mistakes. A digit that is missing, or one too many, is counted wrong
/// though it stands in no cell of the confusion matrix.
/// </summary>
internal sealed class DigitScore(int classes)
{
    private const int MostMistakes = 200;

    private readonly AnswerCount _answers = new();
    private readonly Confusion _confusion = new(classes);
    private readonly List<Mistake> _mistakes = [];
    private double _loss;

    /// <param name="index">Of the sample in its split.</param>
    /// <param name="probabilities">Of each answered class.</param>
    public void Add(int index, ReadOnlySpan<int> truth, ReadOnlySpan<int> answer, ReadOnlySpan<float> probabilities)
    {
        _answers.Add(truth, answer);
        for (var position = 0; position < Math.Min(truth.Length, answer.Length); position++)
        {
            _confusion.Add(truth[position], answer[position]);
            if (truth[position] != answer[position])
            {
                _mistakes.Add(new Mistake(index, truth[position], answer[position], probabilities[position]));
            }
        }
    }

    /// <param name="sum">Of the losses of several samples.</param>
    public void AddLoss(double sum) => _loss += sum;

    /// <param name="measure">The metrics of the task.</param>
    public Evaluation ToEvaluation(Func<AnswerCount, IReadOnlyDictionary<string, double>> measure) => new(
        _answers.Pictures,
        _answers.Pictures == 0 ? 0 : _loss / _answers.Pictures,
        measure(_answers),
        _confusion.Counts,
        [.. _mistakes.OrderByDescending(mistake => mistake.Probability).Take(MostMistakes)]);
}

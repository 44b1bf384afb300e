using VitLab.Insight;

namespace VitLab.Experiments;

/// <summary>
/// What becomes an <see cref="Evaluation"/>: answers with their losses and mistakes. A digit that is missing, or one too many, is counted wrong
/// though it stands in no cell of the confusion matrix.
/// </summary>
/// <param name="measure">The metrics of the task.</param>
public class DigitScore(int classes, Func<AnswerCount, IReadOnlyDictionary<string, double>> measure)
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
        AddAnswer(truth, answer);
        for (var position = 0; position < Math.Min(truth.Length, answer.Length); position++)
        {
            AddDigit(index, truth[position], answer[position], probabilities[position]);
        }
    }

    /// <param name="sum">Of the losses of several samples.</param>
    public void AddLoss(double sum) => _loss += sum;

    public virtual Evaluation ToEvaluation() => new(
        _answers.Pictures,
        _answers.Pictures == 0 ? 0 : _loss / _answers.Pictures,
        measure(_answers),
        _confusion.Counts,
        [.. _mistakes.OrderByDescending(mistake => mistake.Probability).Take(MostMistakes)]);

    /// <summary>A whole answer in reading order.</summary>
    protected void AddAnswer(ReadOnlySpan<int> truth, ReadOnlySpan<int> answer) => _answers.Add(truth, answer);

    /// <summary>One digit that is there and was answered.</summary>
    protected void AddDigit(int index, int truth, int answer, float probability)
    {
        _confusion.Add(truth, answer);
        if (truth != answer)
        {
            _mistakes.Add(new Mistake(index, truth, answer, probability));
        }
    }
}

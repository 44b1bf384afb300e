using VitLab.Insight;

namespace VitLab.Experiments;

/// <summary>
/// Counts answers to grids. A grid's truth and answer are compared position by position over the longer of both, so a digit that is missing
/// or one too many is wrong too, though in no cell of the confusion matrix.
/// </summary>
internal sealed class GridScore(int classes)
{
    private const int MostMistakes = 200;

    private readonly Confusion _confusion = new(classes);
    private readonly List<Mistake> _mistakes = [];
    private int _grids, _rightGrids, _digits, _rightDigits;
    private double _loss;

    /// <param name="index">Of the grid in its split.</param>
    /// <param name="probabilities">Of each answered class.</param>
    public void Add(int index, ReadOnlySpan<int> truth, ReadOnlySpan<int> answer, ReadOnlySpan<float> probabilities)
    {
        var right = 0;
        for (var position = 0; position < Math.Min(truth.Length, answer.Length); position++)
        {
            _confusion.Add(truth[position], answer[position]);
            if (truth[position] == answer[position])
            {
                right++;
            }
            else
            {
                _mistakes.Add(new Mistake(index, truth[position], answer[position], probabilities[position]));
            }
        }

        var positions = Math.Max(truth.Length, answer.Length);
        (_grids, _digits, _rightDigits) = (_grids + 1, _digits + positions, _rightDigits + right);
        _rightGrids += right == positions ? 1 : 0;
    }

    /// <param name="sum">Of the losses of a batch's grids.</param>
    public void AddLoss(double sum) => _loss += sum;

    public Evaluation ToEvaluation() => new(
        _grids,
        _grids == 0 ? 0 : _loss / _grids,
        new Dictionary<string, double> { [GridExperiment.SequenceAccuracy] = Share(_rightGrids, _grids), [GridExperiment.DigitAccuracy] = Share(_rightDigits, _digits) },
        _confusion.Counts,
        [.. _mistakes.OrderByDescending(mistake => mistake.Probability).Take(MostMistakes)]);

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}

namespace VitLab.Experiments;

/// <summary>Counts sums. Which is taken for which says nothing of a regression, so there is no confusion matrix.</summary>
public sealed class SumScore(int classes, Func<AnswerCount, IReadOnlyDictionary<string, double>> measure) : DigitScore(classes, measure)
{
    public override Evaluation ToEvaluation() => base.ToEvaluation() with { Confusion = null };
}

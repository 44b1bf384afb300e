using VitLab.Insight;

namespace VitLab.Experiments;

/// <summary>Counts answers of yes and no, and how well their logits tell the two apart wherever one would draw the line.</summary>
public sealed class AnchorScore(int classes, Func<AnswerCount, IReadOnlyDictionary<string, double>> measure) : DigitScore(classes, measure)
{
    /// <summary>Key of the area under the curve.</summary>
    public const string Area = "auc";

    private readonly List<(float Logit, bool IsPresent)> _answers = [];

    public void AddLogit(float logit, bool isPresent) => _answers.Add((logit, isPresent));

    public override Evaluation ToEvaluation()
    {
        var plain = base.ToEvaluation();
        return plain with { Metrics = new Dictionary<string, double>(plain.Metrics) { [Area] = AreaUnderCurve.Of(_answers) } };
    }
}

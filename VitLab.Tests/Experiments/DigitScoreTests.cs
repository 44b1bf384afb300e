using VitLab.Experiments;

namespace VitLab.Tests.Experiments;

public class DigitScoreTests
{
    private static readonly GridHeads s_experiment = new();

    [Fact]
    public void ToEvaluation_AFewAnswers_HoldsConfusionLossAndMistakesWorstFirst()
    {
        var score = new DigitScore(classes: 10, s_experiment.Measure);
        score.Add(index: 40, [3, 1, 4, 1], [3, 1, 4, 1], [0.9f, 0.9f, 0.9f, 0.9f]);
        score.Add(index: 41, [3, 1, 4, 1], [3, 7, 9, 1], [0.9f, 0.4f, 0.6f, 0.9f]);
        score.Add(index: 42, [2, 7], [2, 7, 1], [0.9f, 0.9f, 0.5f]);
        score.AddLoss(0.5);
        score.AddLoss(2.5);

        var evaluation = score.ToEvaluation();

        Assert.Equal(3, evaluation.Samples);
        Assert.Equal(1.0, evaluation.Loss);
        Assert.Equal(1.0 / 3, evaluation.Metrics["sequenceAccuracy"]);
        Assert.Equal(8.0 / 11, evaluation.Metrics["digitAccuracy"]);
        Assert.Equal([new Mistake(41, 4, 9, 0.6f), new Mistake(41, 1, 7, 0.4f)], evaluation.Mistakes);
        Assert.Equal(10, evaluation.Confusion!.Sum());   // the extra digit has no truth to stand beside
        Assert.Equal((2, 1, 3), (evaluation.Confusion![33], evaluation.Confusion[17], evaluation.Confusion[11]));
    }

    [Fact]
    public void ToEvaluation_MoreMistakesThanAnyoneReads_KeepsTheWorst()
    {
        var score = new DigitScore(classes: 10, s_experiment.Measure);
        for (var i = 0; i < 300; i++)
        {
            score.Add(i, [1], [2], [i / 300f]);
        }

        var evaluation = score.ToEvaluation();

        Assert.Equal(200, evaluation.Mistakes.Count);
        Assert.Equal((299, 100), (evaluation.Mistakes[0].Index, evaluation.Mistakes[^1].Index));
        Assert.Equal(300, evaluation.Confusion![12]);
    }

    [Fact]
    public void ToEvaluation_OfNothing_IsAllZero()
    {
        var evaluation = new DigitScore(classes: 10, s_experiment.Measure).ToEvaluation();

        Assert.Equal((0, 0.0, 0.0), (evaluation.Samples, evaluation.Loss, evaluation.Metrics["sequenceAccuracy"]));
    }
}

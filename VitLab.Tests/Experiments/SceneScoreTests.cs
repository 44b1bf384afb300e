using VitLab.Data;
using VitLab.Detection;
using VitLab.Experiments;
using VitLab.Tests.Detection;
using VitLab.Vision;

namespace VitLab.Tests.Experiments;

public class SceneScoreTests
{
    private static readonly FreeLayout s_experiment = new();

    /// <summary>
    /// Four scenes: all right; one misread; one digit missing beside a false one, and an unsure right one below the threshold; an empty one with a false alarm.
    /// </summary>
    [Fact]
    public void ToEvaluation_FourScenes_HoldsWhatIsCountedByHand()
    {
        var score = NewScore();
        score.Add(0, [At(0, 7), At(30, 1)], [Found(0, 0.9f, 7), Found(2, 0.8f, 1), Found(30, 0.9f, 1)]);   // the second is silenced by the first
        score.Add(1, [At(0, 7)], [Found(0, 0.72f, 1)]);
        score.Add(2, [At(0, 7), At(30, 7)], [Found(60, 0.6f, 7), Found(30, 0.3f, 7)]);
        score.Add(3, [], [Found(0, 0.55f, 2)]);
        score.AddLoss(8);

        var evaluation = score.ToEvaluation();

        Assert.Equal((4, 2.0), (evaluation.Samples, evaluation.Loss));
        Assert.Equal(0.25, evaluation.Metrics["sceneAccuracy"]);
        Assert.Equal(0.5, evaluation.Metrics["countAccuracy"]);                  // 2 of 2, 1 of 1; not 1 of 2, 1 of 0
        Assert.Equal(3.0 / 5, evaluation.Metrics["precision50"]);
        Assert.Equal(3.0 / 5, evaluation.Metrics["recall50"]);
        Assert.Equal(2.0 / 3, evaluation.Metrics["foundAccuracy"]);
        Assert.Equal(1, evaluation.Metrics["emptyFalseAlarm"]);

        // Sevens: right at 0.9, wrong at 0.6, right at 0.3, of four: (1 + 2/3) / 4. Ones: right at 0.9, wrong at 0.72, of one: 1. Twos are not there.
        Assert.Equal((((1 + (2.0 / 3)) / 4) + 1) / 2, evaluation.Metrics["mAP50"], 1e-9);

        // Presences by bins: 0.9, 0.9 right; 0.72 right (a digit is there); 0.6 wrong; 0.3 right; 0.55 wrong: 0.2 + 0.28 + 0.6 + 0.7 + 0.55, of six.
        Assert.Equal((0.2 + 0.28 + 0.6 + 0.7 + 0.55) / 6, evaluation.Metrics["presenceError"], 1e-6);
        Assert.Equal([new Mistake(1, 7, 1, 1)], evaluation.Mistakes);
        Assert.Equal((1, 1, 1, 3), (evaluation.Confusion![77], evaluation.Confusion[71], evaluation.Confusion[11], evaluation.Confusion.Sum()));
    }

    [Fact]
    public void ToEvaluation_OfNothing_IsAllZero() => Assert.All(NewScore().ToEvaluation().Metrics.Values, value => Assert.Equal(0, value));

    /// <summary>Candidates may come in any order.</summary>
    [Fact]
    public void Add_ShuffledCandidates_CountsTheSame()
    {
        FoundDigit[] found = [Found(0, 0.9f, 7), Found(30, 0.8f, 1), Found(60, 0.7f, 4), Found(33, 0.6f, 2)];
        IReadOnlyDictionary<string, double> Measured(IEnumerable<FoundDigit> candidates)
        {
            var score = NewScore();
            score.Add(0, [At(0, 7), At(30, 1), At(60, 4)], [.. candidates]);
            return score.ToEvaluation().Metrics;
        }

        Assert.Equal(Measured(found), Measured(found.Reverse()));
        Assert.Equal(1, Measured(found)["sceneAccuracy"]);
    }

    private static SceneScore NewScore() => new(10, new DetectorThresholds(0.5f, 0.4f), s_experiment.Measure);

    private static SceneDigit At(float left, int label) => new(label, new InkBox(left, 0, 10, 10));

    private static FoundDigit Found(float left, float presence, int label) => SuppressionTests.Digit(left, presence, label);
}

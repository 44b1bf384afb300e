using VitLab.Experiments;

namespace VitLab.Tests.Experiments;

public class AnswerCountTests
{
    // By hand: 4 of 4, 3 of 4, 2 of 3 (one missing), 2 of 3 (one too many), 0 of 4 (shifted by one), 0 of 0.
    [Fact]
    public void Add_RightWrongMissingAndExtraDigits_AreCountedOverTheLonger()
    {
        var count = new AnswerCount();
        count.Add([3, 1, 4, 1], [3, 1, 4, 1]);
        count.Add([3, 1, 4, 1], [3, 1, 4, 7]);
        count.Add([2, 7, 1], [2, 7]);
        count.Add([2, 7], [2, 7, 1]);
        count.Add([1, 2, 3, 4], [2, 3, 4]);
        count.Add([], []);

        Assert.Equal(6, count.Pictures);
        Assert.Equal(2.0 / 6, count.PictureAccuracy);
        Assert.Equal(3.0 / 6, count.LengthAccuracy);
        Assert.Equal(11.0 / 18, count.PositionAccuracy);
    }

    [Fact]
    public void Accuracies_OfNothing_AreZero()
    {
        var count = new AnswerCount();

        Assert.Equal((0, 0.0, 0.0, 0.0), (count.Pictures, count.PictureAccuracy, count.LengthAccuracy, count.PositionAccuracy));
    }

    [Fact]
    public void Measure_OfEveryExperiment_GivesTheFirstMetricsOfItsCard() => Assert.All(ExperimentCatalog.All, experiment =>
    {
        var count = new AnswerCount();
        count.Add([5], [5]);

        var metrics = experiment.Measure(count);

        Assert.NotEmpty(metrics);
        Assert.Equal(experiment.Card.Metrics.Take(metrics.Count).Select(metric => metric.Key), metrics.Keys);
        Assert.All(metrics.Values, value => Assert.Equal(1, value));
    });
}

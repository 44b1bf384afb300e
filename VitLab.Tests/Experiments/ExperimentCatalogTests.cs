using VitLab.Experiments;

namespace VitLab.Tests.Experiments;

public class ExperimentCatalogTests
{
    [Fact]
    public void Predecessors_EveryExperiment_AreEarlierOnesOfTheCatalogue()
    {
        List<string> ids = [.. ExperimentCatalog.All.Select(experiment => experiment.Id)];

        Assert.All(ExperimentCatalog.All, experiment => Assert.All(experiment.Predecessors, id => Assert.InRange(ids.IndexOf(id), 0, ids.IndexOf(experiment.Id) - 1)));
        Assert.Empty(ExperimentCatalog.Find("single-digit").Predecessors);
        Assert.Equal(["single-digit"], ExperimentCatalog.Find("grid-heads").Predecessors);
        Assert.Equal(["grid-heads", "grid-transcriber"], ExperimentCatalog.Find("free-layout").Predecessors);
        Assert.Equal(["digit-cnn"], ExperimentCatalog.Find("sequence-sum").Predecessors);
    }

    // "Best" is the largest value of the primary metric.
    [Fact]
    public void PrimaryMetric_EveryExperiment_IsBetterWhenHigher() => Assert.All(ExperimentCatalog.All, experiment => Assert.False(experiment.Card.PrimaryMetric.LowerIsBetter));

    [Fact]
    public void Published_EveryPreset_NamesMetricsOfItsCardOrTheLoss() => Assert.All(
        ExperimentCatalog.All.SelectMany(experiment => experiment.Presets.SelectMany(preset => preset.Published.Select(figure => (experiment.Card, Figure: figure)))),
        published => Assert.Contains(published.Figure.Metric, published.Card.Metrics.Select(metric => metric.Key).Append("loss")));
}

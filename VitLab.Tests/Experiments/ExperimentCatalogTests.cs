using VitLab.Experiments;

namespace VitLab.Tests.Experiments;

public class ExperimentCatalogTests
{
    [Fact]
    public void PhaseBefore_EveryExperiment_IsAWholeEarlierPhase()
    {
        Assert.Empty(ExperimentCatalog.All[0].PhaseBefore());
        Assert.Equal(["single-digit"], ExperimentCatalog.Find("grid-heads").PhaseBefore().Select(experiment => experiment.Id));
        Assert.Equal(["grid-heads", "grid-transcriber"], ExperimentCatalog.Find("free-layout").PhaseBefore().Select(experiment => experiment.Id));
        Assert.All(ExperimentCatalog.All, experiment => Assert.DoesNotContain(experiment.PhaseBefore(), before => before.Card.Phase == experiment.Card.Phase));
        Assert.All(ExperimentCatalog.All, experiment => Assert.True(experiment.PhaseBefore().Select(before => before.Card.Phase).Distinct().Count() <= 1));
    }

    // "Best" is the largest value of the primary metric.
    [Fact]
    public void PrimaryMetric_EveryExperiment_IsBetterWhenHigher() => Assert.All(ExperimentCatalog.All, experiment => Assert.False(experiment.Card.PrimaryMetric.LowerIsBetter));

    [Fact]
    public void Published_EveryPreset_NamesMetricsOfItsCardOrTheLoss() => Assert.All(
        ExperimentCatalog.All.SelectMany(experiment => experiment.Presets.SelectMany(preset => preset.Published.Select(figure => (experiment.Card, Figure: figure)))),
        published => Assert.Contains(published.Figure.Metric, published.Card.Metrics.Select(metric => metric.Key).Append("loss")));
}

using VitLab.Experiments;

namespace VitLab.Tests.Experiments;

public class ExperimentCatalogTests
{
    [Fact]
    public void PhaseBefore_EveryExperiment_IsAWholeEarlierPhase()
    {
        Assert.Empty(ExperimentCatalog.All[0].PhaseBefore());
        Assert.Equal(["single-digit"], ExperimentCatalog.Find("grid-heads").PhaseBefore().Select(experiment => experiment.Id));
        Assert.All(ExperimentCatalog.All, experiment => Assert.DoesNotContain(experiment.PhaseBefore(), before => before.Card.Phase == experiment.Card.Phase));
        Assert.All(ExperimentCatalog.All, experiment => Assert.True(experiment.PhaseBefore().Select(before => before.Card.Phase).Distinct().Count() <= 1));
    }
}

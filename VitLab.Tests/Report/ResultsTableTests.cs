using VitLab.Experiments;
using VitLab.Web.Report;

namespace VitLab.Tests.Report;

/// <summary>Which rows the table has.</summary>
public class ResultsTableTests
{
    [Fact]
    public void Of_NothingKnown_HasEveryUsualPresetOfTheCatalogueUnmeasured()
    {
        var table = ResultsTable.Of(isSmoke: false, []);

        Assert.Equal(
            ExperimentCatalog.All.SelectMany(experiment => experiment.Presets.Where(preset => preset.ResultsEpochs is not 0).Select(preset => (experiment.Id, preset.Id))),
            table.Rows.Select(row => (row.Experiment, row.Preset)));
        Assert.All(table.Rows, row => Assert.True(row is { Ours: null, Failure: null } && row.Command.StartsWith($"train {row.Experiment} --preset {row.Preset} ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Of_ARowWithoutAPreset_LeavesItOut()
    {
        var gone = ResultsTable.Of(isSmoke: false, []).Rows[0] with { Preset = "gone" };

        Assert.DoesNotContain(ResultsTable.Of(isSmoke: false, [gone]).Rows, row => row.Preset == "gone");
    }

    [Fact]
    public void With_ARow_ReplacesItInItsPlaceWithTodaysPublishedFigures()
    {
        var table = ResultsTable.Of(isSmoke: false, []);
        var (index, old) = table.Rows.Index().First(row => row.Item.Published.Count > 0);

        var changed = table.With(old with { Failure = "no luck", Published = [] });

        Assert.Equal("no luck", changed.Rows[index].Failure);
        Assert.Equal(old.Published, changed.Rows[index].Published);
        Assert.Equal(table.Rows.Where((_, i) => i != index), changed.Rows.Where((_, i) => i != index));
    }

    [Fact]
    public void MeanFigure_OfSeveralSeeds_HasTheSampleDeviation()
    {
        Assert.Equal(new MeanFigure(2, 1), MeanFigure.Of([1, 2, 3]));
        Assert.Equal(new MeanFigure(5, null), MeanFigure.Of([5]));
    }
}

using VitLab.Tests.Components.Train;
using VitLab.Web.Runs;

namespace VitLab.Tests.Runs;

public class LineageTests
{
    [Fact]
    public void Of_RunFromRunFromShippedWeights_NamesBothOldestFirst()
    {
        var parent = From(RunsDouble.Run(RunState.Completed, "parent-1") with { Name = "The parent" }, "single-digit");
        var run = From(RunsDouble.Run(RunState.Running, "child-2"), "parent-1", continues: true);

        var chain = Lineage.Of(run, id => id == "parent-1" ? parent : null);

        Assert.Equal([("single-digit", (string?)null, false), ("The parent", "parent-1", true)], chain.Select(ancestor => (ancestor.Name, ancestor.RunId, ancestor.Origin.Continues)));
        Assert.Empty(Lineage.Of(RunsDouble.Run(RunState.Running), _ => null));
    }

    [Fact]
    public void Of_FoldersThatNameEachOther_Ends()
    {
        var (a, b) = (From(RunsDouble.Run(RunState.Completed, "a-1"), "b-2"), From(RunsDouble.Run(RunState.Completed, "b-2"), "a-1"));

        Assert.InRange(Lineage.Of(a, id => id == "a-1" ? a : b).Count, 1, 100);
    }

    [Fact]
    public void TwinOf_SameSettings_IsTheOneThatStartedTheOtherWay()
    {
        var scratch = RunsDouble.Run(RunState.Completed, "scratch-1");
        var transfer = From(RunsDouble.Run(RunState.Completed, "transfer-2"), "single-digit");
        var other = RunsDouble.Run(RunState.Completed, "other-3", RunsDouble.Settings with { Seed = 9 });
        var fork = From(RunsDouble.Run(RunState.Completed, "fork-4"), "scratch-1", continues: true);
        RunRecord[] all = [fork, other, transfer, scratch];

        Assert.Equal("transfer-2", Lineage.TwinOf(scratch, all)?.Id);
        Assert.Equal("scratch-1", Lineage.TwinOf(transfer, all)?.Id);
        Assert.Null(Lineage.TwinOf(other, all));
        Assert.Null(Lineage.TwinOf(fork, all));
    }

    private static RunRecord From(RunRecord run, string origin, bool continues = false) => run with { Origin = new RunOrigin(origin, "best", 100, continues) };
}

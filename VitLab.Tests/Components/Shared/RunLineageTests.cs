using Bunit;
using VitLab.Models;
using VitLab.Tests.Components.Train;
using VitLab.Training;
using VitLab.Web.Components.Shared;
using VitLab.Web.Runs;

namespace VitLab.Tests.Components.Shared;

public class RunLineageTests : TrainTest
{
    private readonly RunRecord _transfer = RunsDouble.Run(RunState.Running, "transfer-2") with { Origin = new RunOrigin("single-digit", "best", 1200, Continues: false) };

    [Fact]
    public void Render_RunWithTransfer_SaysWhenceAndWhatFromItsFirstEvent()
    {
        Runs.Told["transfer-2"] = [new SequencedEvent(1, DateTimeOffset.UnixEpoch, new RunStarted(0, 10, 5, 1, "", "", new TransferReport(["a", "b"], [], ["c"])))];
        Runs.Change(_transfer);

        var lineage = Render<RunLineage>(p => p.Add(c => c.Run, _transfer));

        Assert.Equal(["single-digit best, step 1,200", "transfer-2"], lineage.FindAll(".lineage-chain li").Select(item => string.Join(' ', item.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
        Assert.Contains("2 of 3 tensors carried over", lineage.Find(".transfer").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_TwinFromScratch_LeadsToTheComparison()
    {
        Runs.Change(RunsDouble.Run(RunState.Queued, "scratch-3"));
        Runs.Change(_transfer);

        var lineage = Render<RunLineage>(p => p.Add(c => c.Run, _transfer with { TotalSteps = 0 }));

        Assert.Equal("/runs?compare=transfer-2,scratch-3", lineage.Find("a.button").GetAttribute("href"));
        Assert.Empty(lineage.FindAll(".transfer"));
    }

    [Fact]
    public void Render_RunFromScratchOnItsOwn_ShowsNothing()
    {
        var run = RunsDouble.Run(RunState.Running);
        Runs.Change(run);

        Assert.Empty(Render<RunLineage>(p => p.Add(c => c.Run, run)).Markup.Trim());
    }
}

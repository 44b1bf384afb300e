using Bunit;
using VitLab.Experiments;
using VitLab.Models;
using VitLab.Web.Components.Train;
using VitLab.Web.Runs;

namespace VitLab.Tests.Components.Train;

public class StartFromTests : TrainTest
{
    private static readonly TransferReport s_most = new(["a", "b", "c"], [new AdaptedEntry("pos_embed", "positions interpolated 4 × 4 → 8 × 8")], ["heads.0.weight", "heads.0.bias", "heads.1.weight", "heads.1.bias"]);
    private static readonly TransferReport s_least = new(["a"], [], ["b", "c"]);

    private readonly RunDraft _draft = RunDraft.Of(ExperimentCatalog.Find("grid-heads"), ExperimentCatalog.Find("grid-heads").Presets[0]);

    [Fact]
    public void Render_WeightsOfThePhaseBefore_SuggestsThoseThatCarryMostAndChoosesNothing()
    {
        Weights.All.AddRange([WeightsDouble.Choice("narrow", shipped: true), WeightsDouble.Choice("wide", shipped: true)]);
        Runs.Transfers["narrow"] = s_least;
        Runs.Transfers["wide"] = s_most;

        var form = RenderForm();

        Assert.Contains("“wide” comes from the phase before: 4 of 8 tensors", form.Find(".start-suggestion").TextContent, StringComparison.Ordinal);
        Assert.Null(_draft.From);
        Assert.Empty(form.FindAll(".transfer"));
        Assert.Empty(form.FindAll("input[type=checkbox]"));
    }

    [Fact]
    public async Task Suggestion_Taken_SaysBeforeTheStartWhatIsCarriedOver()
    {
        Weights.All.Add(WeightsDouble.Choice("wide", shipped: true));
        Runs.Transfers["wide"] = s_most;
        var form = RenderForm();

        await form.Find("[data-command='Suggested']").ClickAsync();

        Assert.Equal("wide", _draft.From);
        var said = form.Find(".transfer").TextContent;
        Assert.Contains("4 of 8 tensors carried over, positions interpolated 4 × 4 → 8 × 8.", said, StringComparison.Ordinal);
        Assert.Contains("Fresh: heads.0.weight, heads.0.bias, heads.1.weight and 1 more.", said, StringComparison.Ordinal);
        Assert.Empty(form.FindAll(".start-suggestion"));
    }

    [Fact]
    public async Task Weights_ThatFitNowhere_SaySo()
    {
        Weights.All.Add(WeightsDouble.Choice("other"));
        Runs.Transfers["other"] = new TransferReport([], [], ["a"]);
        var form = RenderForm();

        await form.Find("select").ChangeAsync("other");

        Assert.Contains("Nothing fits.", form.Find(".transfer").TextContent, StringComparison.Ordinal);
        await form.Find("select").ChangeAsync("");
        Assert.Null(_draft.From);
        Assert.Empty(form.FindAll(".transfer"));
    }

    [Fact]
    public void Weights_GoneMeanwhile_AreReportedAndNotReplaced()
    {
        _draft.From = "gone-9";

        var form = RenderForm();

        Assert.Contains("“gone-9” is not here any more", form.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal("gone-9", _draft.From);
    }

    [Fact]
    public void FirstPhase_HasNothingBeforeIt_SuggestsNothing()
    {
        Weights.All.Add(WeightsDouble.Choice("single-digit", shipped: true));
        Runs.Transfers["single-digit"] = s_most;

        var form = Render<StartFrom>(p => p.Add(c => c.Draft, Draft()));

        Assert.Empty(form.FindAll(".start-suggestion"));
        Assert.Contains("single-digit", form.Find("select").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AlsoFromScratch_QueuesTheTwinWithTheSameSettings()
    {
        SetupControl("train/shortcuts");
        Weights.All.Add(WeightsDouble.Choice("single-digit", shipped: true));
        Runs.Transfers["single-digit"] = s_most;
        var page = Render<TrainPage>();
        await page.Find("[data-experiment='grid-heads'] .task-choice").ClickAsync();
        await page.Find(".start-from select").ChangeAsync("single-digit");
        await page.Find(".start-from input[type=checkbox]").ChangeAsync(true);
        SetupControl("train/pin-probe");
        SetupControl("train/live").SetupVoid("update", _ => true).SetVoidResult();

        await page.Find(".first-visit button").ClickAsync();

        Assert.Equal(["single-digit", null], Runs.Requests.Select(request => request.From));
        Assert.Equal([null, "new-run-1 from scratch"], Runs.Requests.Select(request => request.Name));
        Assert.All(Runs.Requests, request => Assert.Equal("grid-heads", request.Experiment));
    }

    [Fact]
    public void Draft_OfARun_StartsWhereItStartedAndTellsTheDifference()
    {
        var run = RunsDouble.Run(RunState.Running) with { Origin = new RunOrigin("single-digit", "best", 9, Continues: false) };

        var draft = RunDraft.Of(run);
        Assert.Equal("single-digit", draft.From);
        Assert.Empty(draft.DifferencesFrom(run));

        draft.From = null;
        Assert.Equal(new OptionDifference("Start from", "single-digit", "scratch"), Assert.Single(draft.DifferencesFrom(run)));
    }

    private IRenderedComponent<StartFrom> RenderForm() => Render<StartFrom>(p => p.Add(c => c.Draft, _draft));
}

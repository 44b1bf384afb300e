using Bunit;
using Microsoft.Extensions.DependencyInjection;
using VitLab.Experiments;
using VitLab.Tests.Components.Train;
using VitLab.Web.Components.Corrections;
using VitLab.Web.Corrections;
using VitLab.Web.Runs;

namespace VitLab.Tests.Components.Corrections;

public sealed class TeachPanelTests : LabTest
{
    private readonly TeachingDouble _teaching;

    public TeachPanelTests()
    {
        _teaching = new TeachingDouble(Lab);
        Services.AddSingleton<TeachingService>(_teaching);
        Weights.All.Add(WeightsDouble.Choice("single-digit"));
    }

    [Fact]
    public async Task Start_TeachesTheWeightsThatAnswerNowAndShowsTheLesson()
    {
        Weights.All.Insert(0, WeightsDouble.Choice("brave-otter-1", live: true));
        var panel = RenderPanel();
        Assert.Equal("single-digit", Assert.Single(panel.FindAll("option")).GetAttribute("value"));
        Assert.Contains("One digit", panel.Find(".teach-why").TextContent, StringComparison.Ordinal);

        await panel.Find(".teach-form button").ClickAsync();

        Assert.Equal(["single-digit"], _teaching.Started);
        Assert.Contains("waits", panel.Find(".lesson .badge").TextContent, StringComparison.Ordinal);
        Assert.True(panel.Find(".teach-form button").HasAttribute("disabled"));
        Assert.Contains("going on", panel.Find(".teach-why").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_NothingToTeachOrNobodyToTeach_SaysWhyNot()
    {
        Assert.Contains("no corrections yet", RenderPanel(corrections: 0).Find(".teach-why").TextContent, StringComparison.Ordinal);
        Weights.All.Clear();
        Assert.Contains("train a model first", RenderPanel().Find(".teach-why").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_Refused_SaysWhy()
    {
        _teaching.Refusal = new OptionException("correctionShare", "expected 0: there are no corrections yet.");
        var panel = RenderPanel();

        await panel.Find(".teach-form button").ClickAsync();

        Assert.Contains("no corrections yet", panel.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lesson_GoingOn_ShowsItsStageAndCanBeStopped()
    {
        Lab.Change(TeachingDouble.Lesson(RunState.Running) with { TotalSteps = 60, Step = 15 });
        var panel = RenderPanel();

        Assert.Equal("Teach", panel.Find("[aria-current=step]").TextContent);
        Assert.Contains("step 15 of 60", panel.Find(".lesson-progress").TextContent, StringComparison.Ordinal);
        Lab.Change(TeachingDouble.Lesson(RunState.Running) with { TotalSteps = 60, Step = 60, Activity = "Measuring after teaching: 40 %" });
        panel.WaitForAssertion(() => Assert.Equal("Measure after", panel.Find("[aria-current=step]").TextContent));
        await panel.Find(".lesson-progress button").ClickAsync();
        Assert.Equal([("lucky-wolf-1", new StopRun())], Lab.Commands);
    }

    [Fact]
    public void Lesson_BehindAnotherRun_SaysWhichOne()
    {
        Lab.Change(RunsDouble.Run(RunState.Running));
        Lab.Change(TeachingDouble.Lesson(RunState.Queued));

        Assert.Contains("Waits for brave-otter-1", RenderPanel().Find(".lesson-progress").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lesson_Done_ShowsWhatChangedAndTakesTheVerdict()
    {
        Lab.Change(TeachingDouble.Lesson(RunState.Completed, test: 0.9907));
        var panel = RenderPanel();

        Assert.Equal(["▲ 80.00 points better", "▼ 0.17 points worse"], panel.FindAll(".teaching-change").Select(cell => cell.TextContent));
        Assert.Empty(panel.FindAll(".teaching-warning"));
        await Button(panel, "Use it").ClickAsync();

        Assert.Equal(TeachingVerdict.Accepted, Lab.Find("lucky-wolf-1")!.Teaching!.Verdict);
        Assert.Equal("✓ in use", panel.Find(".teach-past .badge").TextContent);
        Assert.Equal("lucky-wolf-1 answers from now on.", panel.Find(".teach-news").TextContent);
        await Button(panel, "Withdraw it").ClickAsync();
        Assert.Equal("✗ not in use", panel.Find(".teach-past .badge").TextContent);
        Assert.Contains("Use it after all", panel.Find(".teach-past .lesson-verdict").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Lesson_MuchForgotten_Warns()
    {
        Lab.Change(TeachingDouble.Lesson(RunState.Completed, test: 0.97));

        Assert.Contains("forgotten", RenderPanel().Find(".teaching-warning").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RunState.Stopped, null, "stopped before it was done")]
    [InlineData(RunState.Failed, "MNIST is not here.", "MNIST is not here.")]
    public async Task Lesson_NotDone_SaysSoAndIsPutAway(RunState state, string? failure, string words)
    {
        Lab.Change(TeachingDouble.Lesson(state) with { Failure = failure });
        var panel = RenderPanel();

        Assert.Contains(words, panel.Find(".lesson").TextContent, StringComparison.Ordinal);
        await Button(panel, "Put it away").ClickAsync();
        Assert.Empty(panel.FindAll(".teach > .lesson"));
    }

    [Theory]
    [InlineData(0.5, 0.5, "same", "= unchanged")]
    [InlineData(null, 0.5, "unknown", "–")]
    public void Change_NothingOrUnknown_HasWords(double? before, double? after, string direction, string words)
    {
        var change = new TeachingChange("Test digits", ExperimentCatalog.All[0].Card.PrimaryMetric, before, after);

        Assert.Equal((direction, words), (change.Direction, change.Words));
    }

    [Fact]
    public void Change_OfAShareThatShouldFall_IsBetterWhenItFalls()
    {
        var alarms = new Metric("alarms", "Alarms", "") { LowerIsBetter = true };

        var (fallen, risen) = (new TeachingChange("Test digits", alarms, 0.05, 0.02), new TeachingChange("Test digits", alarms, 0.02, 0.05));

        Assert.Equal(("better", "▲ 3.00 points better", false), (fallen.Direction, fallen.Words, fallen.IsForgetful));
        Assert.Equal(("worse", "▼ 3.00 points worse", true), (risen.Direction, risen.Words, risen.IsForgetful));
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<TeachPanel> panel, string name) => panel.FindAll("button").Single(button => button.TextContent == name);

    private IRenderedComponent<TeachPanel> RenderPanel(int corrections = 5) => Render<TeachPanel>(parameters => parameters.Add(panel => panel.Corrections, corrections));
}

using System.Text.Json;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using VitLab.Experiments;
using VitLab.Web.Components.Train;
using VitLab.Web.Runs;

namespace VitLab.Tests.Components.Train;

public class TrainPageTests : TrainTest
{
    private readonly BunitJSModuleInterop _live;

    public TrainPageTests()
    {
        SetupControl("train/shortcuts");
        SetupControl("train/pin-probe");
        _live = SetupControl("train/live");
        _live.SetupVoid("update", _ => true).SetVoidResult();
    }

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void FirstVisit_NoRun_ExplainsAndOffersStartInsteadOfEmptyCharts()
    {
        var page = Render<TrainPage>();

        Assert.Equal("Start training", page.Find(".first-visit button").TextContent.Trim());
        Assert.Empty(page.FindAll(".live"));
        Assert.Equal("None", page.Find(".train-page").GetAttribute("data-state"));
    }

    [Theory]
    [InlineData("single-digit", 1)]
    [InlineData("anchor-in-sequence", 1)]
    [InlineData("sequence-sum", 0)]
    public void Run_OfATaskWhoseClassesAreNumbersInOrder_HasNoConfusionMatrix(string experiment, int matrices)
    {
        var preset = ExperimentCatalog.Find(experiment).Presets[0];
        var run = RunsDouble.Run(RunState.Completed) with { Experiment = experiment, Preset = preset.Id, Options = preset.Options };
        Runs.Records.Add(run);
        Navigation.NavigateTo($"train?run={run.Id}");

        var page = Render<TrainPage>();

        Assert.Equal(matrices, page.FindAll("[data-part=confusion]").Count);
    }

    [Fact]
    public void Setup_ABatchBeyondTheMemory_SaysWhatWouldFit()
    {
        Navigation.NavigateTo("train?experiment=image-classifier&preset=large");
        var page = Render<TrainPage>();
        Assert.Empty(page.FindAll("[data-part=draft-memory]"));

        Navigation.NavigateTo("train?experiment=image-classifier&preset=large&set=batchSize%3D4096&set=accumulationSteps%3D1");
        page.Render();

        Assert.Contains("accumulationSteps: expected at least", page.Find("[data-part=draft-memory]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithAPresetAndChangedOptions_StartsThatRunAndGoesToIt()
    {
        var page = Render<TrainPage>();

        await page.Find("[data-preset='d16']").ClickAsync();
        await page.Find("#option-epochs").ChangeAsync("3");
        await page.Find(".first-visit button").ClickAsync();

        var request = Assert.Single(Runs.Requests);
        Assert.Equal(("single-digit", "d16", 3), (request.Experiment, request.Preset, request.Options!.Value.GetProperty("epochs").GetInt32()));
        Assert.EndsWith("/train?run=new-run-1", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_RefusedForAField_ShowsItThere()
    {
        Runs.Refusal = new OptionException("epochs", "expected fewer.");
        var page = Render<TrainPage>();

        await page.Find(".first-visit button").ClickAsync();

        Assert.Contains("expected fewer.", page.Find("[data-option='epochs'] [role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_RefusedForAnotherReason_SaysItBesideTheButton()
    {
        Runs.Refusal = new RunConflictException("queue", "The queue is full.");
        var page = Render<TrainPage>();

        await page.Find(".first-visit button").ClickAsync();

        Assert.Contains("The queue is full.", page.Find(".first-visit [role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_ARunInTheAddress_WatchesItWithItsClassesAndState()
    {
        Runs.Change(RunsDouble.Run(RunState.Paused));

        Open("brave-otter-1");

        var create = JSInterop.Invocations["create"].Single(call => call.Arguments[2]?.ToString()!.Contains("RunId", StringComparison.Ordinal) ?? false);
        Assert.Contains("RunId = brave-otter-1", create.Arguments[2]!.ToString(), StringComparison.Ordinal);
        Assert.Contains("State = Paused", create.Arguments[2]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Page_WithoutAddress_ShowsTheOpenRun()
    {
        Runs.Change(RunsDouble.Run(RunState.Completed, "old-run"));
        Runs.Change(RunsDouble.Run(RunState.Running, "open-run"));

        Assert.Equal("open-run", Render<TrainPage>().Find(".train-page").GetAttribute("data-run"));
        Assert.EndsWith("/train?run=open-run", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_AnUnknownRun_SaysSoAndStaysUseful()
    {
        var page = Open("gone-run");

        Assert.Contains("No run is called “gone-run”", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll(".first-visit"));
    }

    [Fact]
    public void Run_ChangesState_ButtonAndControlFollow()
    {
        Runs.Change(RunsDouble.Run(RunState.Running));
        var page = Open("brave-otter-1");

        Runs.Change(RunsDouble.Run(RunState.Paused));

        page.WaitForAssertion(() => Assert.Equal("Resume", page.Find(".main-command").TextContent.Trim()));
        page.WaitForAssertion(() => Assert.Contains("State = Paused", _live.Invocations["update"][^1].Arguments[0]!.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Draft_ChangedBesideARun_SaysSettingsDifferAndRestarts()
    {
        Runs.Change(RunsDouble.Run(RunState.Running));
        var page = Open("brave-otter-1");
        Assert.Empty(page.FindAll(".differs"));

        await page.Find("#option-batchSize").ChangeAsync("32");
        Assert.Contains($"Batch size {RunsDouble.Run(RunState.Running).Options.BatchSize} → 32", page.Find(".differs").TextContent, StringComparison.Ordinal);
        await page.FindAll(".differs button").Single().ClickAsync();

        Assert.IsType<StopRun>(Assert.Single(Runs.Commands).Command);
        Assert.Equal(32, Assert.Single(Runs.Requests).Options!.Value.GetProperty("batchSize").GetInt32());
    }

    [Fact]
    public async Task Failed_Run_SaysWhyAndSetsUpAGentlerOne()
    {
        Runs.Change(RunsDouble.Run(RunState.Failed) with { Failure = "The loss is not a number at step 17." });
        var page = Open("brave-otter-1");

        Assert.Contains("The loss is not a number at step 17.", page.Find(".notice.failed").TextContent, StringComparison.Ordinal);
        var before = double.Parse(page.Find("#option-learningRate").GetAttribute("value")!, System.Globalization.CultureInfo.InvariantCulture);
        await page.Find(".notice.failed button").ClickAsync();

        Assert.Equal(before / 10, double.Parse(page.Find("#option-learningRate").GetAttribute("value")!, System.Globalization.CultureInfo.InvariantCulture), 9);
        Assert.False(page.Find("#setup").HasAttribute("hidden"));
    }

    [Fact]
    public void Runs_Several_AreListedWithTheirStates()
    {
        Runs.Change(RunsDouble.Run(RunState.Queued, "next-run"));
        Runs.Change(RunsDouble.Run(RunState.Running, "open-run"));

        var page = Open("open-run");

        Assert.Equal(2, page.FindAll(".run-strip a").Count);
        Assert.Equal("page", page.Find(".run-strip a[href$='open-run']").GetAttribute("aria-current"));
        Assert.Contains("Queued", page.Find(".run-strip a[href$='next-run']").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Address_NamingATask_SetsItUp()
    {
        Navigation.NavigateTo("/train?experiment=grid-transcriber");

        var page = Render<TrainPage>();

        Assert.Contains(ExperimentCatalog.Find("grid-transcriber").Card.Title, page.Find(".first-forecast").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", page.Find("[data-experiment='grid-transcriber'] .task-choice").GetAttribute("aria-expanded"));
    }

    [Fact]
    public void Address_NamingAPreset_SetsItUp()
    {
        Navigation.NavigateTo("/train?experiment=sequence-sum&preset=fully-connected");

        var page = Render<TrainPage>();

        Assert.Equal("true", page.Find("[data-experiment='sequence-sum'] [data-preset='fully-connected']").GetAttribute("aria-checked"));
    }

    [Fact]
    public void Run_OfAnyTask_ShowsTheMetricsOfItsExperiment()
    {
        var experiment = ExperimentCatalog.Find("grid-heads");
        Runs.Records.Add(RunsDouble.Run(RunState.Completed, options: experiment.Presets[0].Options) with { Experiment = "grid-heads", Preset = "d64" });

        var page = Open("brave-otter-1");

        Assert.Equal(string.Join(" · ", experiment.Card.Metrics.Select(metric => metric.Title)), page.Find("#metrics-title").TextContent);
        Assert.Equal(experiment.Card.Metrics.Select(metric => metric.Title), page.FindAll("[data-part='metrics-table'] th").Skip(2).SkipLast(1).Select(head => head.TextContent));
        var create = JSInterop.Invocations["create"].Single(call => call.Arguments[2]?.ToString()!.Contains("RunId", StringComparison.Ordinal) ?? false);
        var told = JsonSerializer.SerializeToElement(create.Arguments[2]).GetProperty("Metrics");
        Assert.Equal(experiment.Card.Metrics.Select(metric => metric.Key), told.EnumerateArray().Select(metric => metric.GetProperty("Key").GetString()));
    }

    [Fact]
    public async Task Page_Left_StopsListening()
    {
        Render<TrainPage>();
        Assert.NotEqual(0, Runs.Watchers);

        await DisposeComponentsAsync();

        Assert.Equal(0, Runs.Watchers);
    }

    private IRenderedComponent<TrainPage> Open(string run)
    {
        Navigation.NavigateTo($"/train?run={run}");
        return Render<TrainPage>();
    }
}

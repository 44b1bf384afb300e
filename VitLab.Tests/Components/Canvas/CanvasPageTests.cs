using System.Text.Json;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using VitLab.Experiments;
using VitLab.Tests.Components.Train;
using VitLab.Web.Components.Canvas;
using VitLab.Web.Runs;

namespace VitLab.Tests.Components.Canvas;

public class CanvasPageTests : LabTest
{
    private readonly BunitJSModuleInterop _board;

    public CanvasPageTests()
    {
        _board = SetupControl("canvas/canvas-board");
        _board.SetupVoid("setWeights", _ => true).SetVoidResult();
    }

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void Render_WeightsOfSeveralTasks_OffersThoseThatReadFreePaper()
    {
        Weights.All.AddRange([WeightsDouble.Choice("single-digit"), WeightsDouble.OnGrid("grid-heads", "grid-heads"), WeightsDouble.Free("brave-otter-1", live: true), WeightsDouble.Free("free-layout")]);

        var page = Render<CanvasPage>();

        Assert.Equal(["brave-otter-1", "free-layout"], page.FindAll("option").Select(option => option.GetAttribute("value")));
        Assert.Equal(("brave-otter-1", true), Answering(Created()));
        Assert.Empty(page.FindAll(".notice"));
    }

    [Fact]
    public void Render_NoWeights_SaysSoLeadsToTrainingAndOffersTheCanvasAllTheSame()
    {
        Weights.All.Add(WeightsDouble.Choice("single-digit"));

        var page = Render<CanvasPage>();

        Assert.Equal("/train?experiment=free-layout", page.Find(".notice a").GetAttribute("href"));
        Assert.Equal((null, false), Answering(Created()));
        Assert.NotNull(page.Find("canvas[aria-label='Drawing canvas']"));
    }

    [Theory]
    [InlineData("b", "b")]
    [InlineData("gone", "a")]
    public void Render_WeightsInTheAddress_ChoosesThem(string wanted, string chosen)
    {
        Weights.All.AddRange([WeightsDouble.Free("a"), WeightsDouble.Free("b")]);
        Navigation.NavigateTo($"canvas?weights={wanted}");

        Render<CanvasPage>();

        Assert.Equal((chosen, false), Answering(Created()));
    }

    [Fact]
    public async Task ChooseWeights_Another_GoesIntoTheAddress()
    {
        Weights.All.AddRange([WeightsDouble.Free("a"), WeightsDouble.Free("b")]);
        var page = Render<CanvasPage>();

        await page.Find("select").ChangeAsync("b");

        Assert.EndsWith("?weights=b", Address, StringComparison.Ordinal);
    }

    [Fact]
    public void RunBegins_WhileThePageIsOpen_Answers()
    {
        var page = Render<CanvasPage>();
        Weights.All.Add(WeightsDouble.Free("brave-otter-1", live: true));

        Lab.Change(RunsDouble.Run(RunState.Running));

        page.WaitForAssertion(() => Assert.Equal(("brave-otter-1", true), Answering(Json(_board.Invocations["setWeights"].Single().Arguments[0]))));
        Assert.Empty(page.FindAll(".notice"));
    }

    [Fact]
    public void Render_WeightsOfAnotherPaper_MakesABoardForIt()
    {
        var small = CanvasGuide.Free with { Limits = new CanvasLimits(560, 840, 560) };
        Weights.All.AddRange([WeightsDouble.Free("a"), WeightsDouble.Free("small") with { Canvas = small }]);
        Navigation.NavigateTo("canvas?weights=small");

        var page = Render<CanvasPage>();

        Assert.Equal("84", page.Find("[data-part='width']").GetAttribute("max"));
    }

    [Fact]
    public async Task Dispose_Leaving_EndsTheSubscription()
    {
        Render<CanvasPage>();
        Assert.Equal(1, Lab.Watchers);

        await DisposeComponentsAsync();

        Assert.Equal(0, Lab.Watchers);
        _board.VerifyInvoke("dispose");
    }

    private JsonElement Created() => Json(JSInterop.Invocations["create"].Single().Arguments[2]).GetProperty("answering");

    /// <summary>As the browser gets it.</summary>
    private static JsonElement Json(object? argument) => JsonSerializer.SerializeToElement(argument, JsonSerializerOptions.Web);

    private static (string? Weights, bool Live) Answering(JsonElement answering) => (answering.GetProperty("weights").GetString(), answering.GetProperty("live").GetBoolean());
}

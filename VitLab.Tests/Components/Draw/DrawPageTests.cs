using System.Text.Json;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using VitLab.Experiments;
using VitLab.Tests.Components.Train;
using VitLab.Web.Components.Draw;
using VitLab.Web.Runs;

namespace VitLab.Tests.Components.Draw;

public class DrawPageTests : LabTest
{
    private readonly BunitJSModuleInterop _board;

    public DrawPageTests()
    {
        _board = SetupControl("draw/draw-board");
        _board.SetupVoid("setWeights", _ => true).SetVoidResult();
    }

    private JsonElement Options => Json(JSInterop.Invocations["create"].Single().Arguments[2]).GetProperty("answering");

    /// <summary>What the board was told since it was made.</summary>
    private JsonElement Told => Json(_board.Invocations["setWeights"].Single().Arguments[0]);

    [Fact]
    public void Render_SeveralWeights_HandsTheFirstToTheBoard()
    {
        Weights.All.AddRange([WeightsDouble.Choice("brave-otter-1", live: true), WeightsDouble.Choice("single-digit", shipped: true)]);

        var page = Render<DrawPage>();

        Assert.Equal(["In training now", "Shipped with VitLab"], page.FindAll("optgroup").Select(group => group.GetAttribute("label")));
        Assert.Equal("brave-otter-1", Options.GetProperty("weights").GetString());
        Assert.True(Options.GetProperty("live").GetBoolean());
        Assert.Equal(10, Options.GetProperty("classes").GetArrayLength());
    }

    [Fact]
    public void Render_WeightsInTheAddress_ChoosesThem()
    {
        Weights.All.AddRange([WeightsDouble.Choice("single-digit"), WeightsDouble.Choice("calm-heron-2")]);
        Services.GetRequiredService<NavigationManager>().NavigateTo("draw?weights=calm-heron-2");

        Render<DrawPage>();

        Assert.Equal("calm-heron-2", Options.GetProperty("weights").GetString());
    }

    [Fact]
    public void Render_WeightsForOtherCanvases_AreNotOffered()
    {
        Weights.All.AddRange([WeightsDouble.Choice("grid-heads") with { Canvas = new CanvasGuide(2, 2) }, WeightsDouble.Choice("single-digit")]);
        Services.GetRequiredService<NavigationManager>().NavigateTo("draw?weights=grid-heads");

        var page = Render<DrawPage>();

        Assert.Equal("single-digit", page.Find("option").GetAttribute("value"));
        Assert.Equal("single-digit", Options.GetProperty("weights").GetString());
    }

    [Fact]
    public async Task ChooseWeights_Another_TellsTheBoardAndTheAddress()
    {
        Weights.All.AddRange([WeightsDouble.Choice("single-digit"), WeightsDouble.Choice("calm-heron-2")]);
        var page = Render<DrawPage>();

        await page.Find("select").ChangeAsync("calm-heron-2");

        page.WaitForAssertion(() => Assert.Equal("calm-heron-2", Told.GetProperty("weights").GetString()));
        Assert.EndsWith("?weights=calm-heron-2", Address, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_NoWeights_SaysSoAndStillDraws()
    {
        var page = Render<DrawPage>();

        Assert.Contains("No weights can answer yet", page.Find(".notice").TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.Find("canvas[aria-label='Drawing canvas']"));
        Assert.Equal(JsonValueKind.Null, Options.GetProperty("weights").ValueKind);
    }

    [Fact]
    public void RunBegins_WhileThePageIsOpen_OffersItsWeights()
    {
        var page = Render<DrawPage>();
        Weights.All.Add(WeightsDouble.Choice("brave-otter-1", live: true));

        Lab.Change(RunsDouble.Run(RunState.Running));

        page.WaitForAssertion(() => Assert.Equal(("brave-otter-1", true), (Told.GetProperty("weights").GetString(), Told.GetProperty("live").GetBoolean())));
    }

    [Fact]
    public void RunProgresses_StateUnchanged_AsksForNoChoices()
    {
        Weights.All.Add(WeightsDouble.Choice("single-digit"));
        var page = Render<DrawPage>();
        Lab.Change(RunsDouble.Run(RunState.Running));
        page.WaitForState(() => page.RenderCount > 1);
        var renders = page.RenderCount;

        Lab.Change(RunsDouble.Run(RunState.Running) with { Step = 2000 });

        Assert.Equal(renders, page.RenderCount);
    }

    [Fact]
    public async Task Dispose_Leaving_EndsTheSubscription()
    {
        Render<DrawPage>();
        Assert.Equal(1, Lab.Watchers);

        await DisposeComponentsAsync();

        Assert.Equal(0, Lab.Watchers);
        _board.VerifyInvoke("dispose");
    }

    /// <summary>As the browser gets it.</summary>
    private static JsonElement Json(object? argument) => JsonSerializer.SerializeToElement(argument, JsonSerializerOptions.Web);
}

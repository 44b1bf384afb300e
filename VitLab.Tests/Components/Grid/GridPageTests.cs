using System.Text.Json;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using VitLab.Tests.Components.Train;
using VitLab.Web.Components.Grid;
using VitLab.Web.Runs;

namespace VitLab.Tests.Components.Grid;

public class GridPageTests : LabTest
{
    private readonly BunitJSModuleInterop _board;

    public GridPageTests()
    {
        _board = SetupControl("grid/grid-board");
        _board.SetupVoid("setReaders", _ => true).SetVoidResult();
    }

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void Render_GridWeights_GivesEveryModelOfTheCanvasItsChoices()
    {
        Weights.All.AddRange([WeightsDouble.Choice("single-digit"), WeightsDouble.OnGrid("brave-otter-1", "grid-heads", live: true), WeightsDouble.OnGrid("grid-transcriber", "grid-transcriber")]);

        var page = Render<GridPage>();

        Assert.Equal("Draw four digits", page.Find("h1").TextContent);
        Assert.Equal(["Grid, a head per cell", "Grid, written down"], page.FindAll(".reader h2").Select(title => title.TextContent));
        Assert.Equal([("grid-heads", "brave-otter-1", true), ("grid-transcriber", "grid-transcriber", false)], Readers(Created()));
        Assert.DoesNotContain("single-digit", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_NoWeights_OffersTheCanvasAllTheSame()
    {
        var page = Render<GridPage>();

        Assert.Equal(2, page.FindAll(".reader .notice").Count);
        Assert.Empty(page.FindAll("nav[aria-label='Canvas']"));          // a row of digits is no grid
        Assert.Equal([("grid-heads", null, false), ("grid-transcriber", null, false)], Readers(Created()));
    }

    [Fact]
    public void Render_WeightsInTheAddress_ChoosesThem()
    {
        Weights.All.AddRange([WeightsDouble.OnGrid("a", "grid-heads"), WeightsDouble.OnGrid("b", "grid-heads"), WeightsDouble.OnGrid("c", "grid-transcriber")]);
        Navigation.NavigateTo("grid?grid-heads=b&grid-transcriber=gone");

        Render<GridPage>();

        Assert.Equal([("grid-heads", "b", false), ("grid-transcriber", "c", false)], Readers(Created()));
    }

    [Fact]
    public void Render_ARunOnALargerCanvas_OffersThatCanvasWithItsReadersOnly()
    {
        Weights.All.AddRange([WeightsDouble.OnGrid("a", "grid-heads"), WeightsDouble.OnGrid("large", "grid-transcriber", side: 3)]);
        Navigation.NavigateTo("grid?canvas=3x3");

        var page = Render<GridPage>();

        Assert.Equal("Draw nine digits", page.Find("h1").TextContent);
        Assert.Equal(["2 × 2", "3 × 3"], page.FindAll("nav[aria-label='Canvas'] a").Select(link => link.TextContent));
        Assert.Equal("3 × 3", page.Find("nav [aria-current='page']").TextContent);
        Assert.Equal([("grid-transcriber", "large", false)], Readers(Created()));
    }

    [Fact]
    public void GoTo_AnotherCanvas_MakesAnotherBoard()
    {
        Weights.All.AddRange([WeightsDouble.OnGrid("a", "grid-heads"), WeightsDouble.OnGrid("large", "grid-heads", side: 3)]);
        Navigation.NavigateTo("grid");
        var page = Render<GridPage>();

        Navigation.NavigateTo("grid?canvas=3x3");

        page.WaitForAssertion(() => Assert.Equal("Draw nine digits", page.Find("h1").TextContent));
        page.WaitForAssertion(() => Assert.Equal(2, JSInterop.Invocations["create"].Count));
    }

    [Fact]
    public async Task ChooseWeights_Another_TellsTheBoardAndTheAddress()
    {
        Weights.All.AddRange([WeightsDouble.OnGrid("a", "grid-heads"), WeightsDouble.OnGrid("b", "grid-heads"), WeightsDouble.OnGrid("c", "grid-transcriber")]);
        var page = Render<GridPage>();

        await page.Find("[data-reader='grid-heads'] select").ChangeAsync("b");

        page.WaitForAssertion(() => Assert.Equal([("grid-heads", "b", false), ("grid-transcriber", "c", false)], Readers(Told())));
        Assert.EndsWith("?grid-heads=b", Address, StringComparison.Ordinal);
    }

    [Fact]
    public void RunBegins_WhileThePageIsOpen_IsOffered()
    {
        var page = Render<GridPage>();
        Weights.All.Add(WeightsDouble.OnGrid("brave-otter-1", "grid-transcriber", live: true));

        Lab.Change(RunsDouble.Run(RunState.Running));

        page.WaitForAssertion(() => Assert.Equal([("grid-heads", null, false), ("grid-transcriber", "brave-otter-1", true)], Readers(Told())));
    }

    [Fact]
    public async Task Dispose_Leaving_EndsTheSubscription()
    {
        Render<GridPage>();
        Assert.Equal(1, Lab.Watchers);

        await DisposeComponentsAsync();

        Assert.Equal(0, Lab.Watchers);
        _board.VerifyInvoke("dispose");
    }

    private JsonElement Created() => Json(JSInterop.Invocations["create"].Single().Arguments[2]).GetProperty("readers");

    private JsonElement Told() => Json(_board.Invocations["setReaders"].Single().Arguments[0]);

    /// <summary>As the browser gets it.</summary>
    private static JsonElement Json(object? argument) => JsonSerializer.SerializeToElement(argument, JsonSerializerOptions.Web);

    private static IEnumerable<(string? Id, string? Weights, bool Live)> Readers(JsonElement readers) =>
        readers.EnumerateArray().Select(reader => (reader.GetProperty("id").GetString(), reader.GetProperty("weights").GetString(), reader.GetProperty("live").GetBoolean()));
}

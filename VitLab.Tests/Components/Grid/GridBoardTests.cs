using Bunit;
using VitLab.Experiments;
using VitLab.Tests.Components;
using VitLab.Web.Components.Grid;

namespace VitLab.Tests.Components.Grid;

public class GridBoardTests : ComponentTest
{
    /// <summary>What the script looks for; a part it misses is an error on the page.</summary>
    private static readonly string[] s_parts =
    [
        "drop", "canvas", "pen", "hint", "undo", "redo", "clear", "eraser", "brush", "center", "pin", "upload", "download", "file", "status",
        "cells", "cell-name", "cell-clear", "cell-swap", "cell-copy", "cell-random", "fill", "agreement", "correction",
    ];

    private static readonly string[] s_readerParts =
        ["reading", "source", "spent", "sight", "input", "look", "look-encoder", "look-decoder", "seen-by-encoder", "seen-by-decoder", "sight-encoder", "sight-decoder"];

    private readonly BunitJSModuleInterop _control;

    public GridBoardTests()
    {
        _control = SetupControl("grid/grid-board");
        _control.SetupVoid("setReaders", _ => true).SetVoidResult();
    }

    [Fact]
    public void Render_Always_HasEveryPartTheScriptUses()
    {
        var board = RenderBoard(2, Reader("grid-heads", "a"));

        Assert.All(s_parts, part => Assert.Single(board.FindAll($"[data-part='{part}']")));
        Assert.All(s_readerParts, part => Assert.Single(board.FindAll($"[data-reader='grid-heads'] [data-part='{part}']")));
    }

    [Theory]
    [InlineData(2, "560 / 560")]
    [InlineData(3, "840 / 840")]
    public void Render_ACanvas_HasACellForEachDigit(int side, string ratio)
    {
        var board = RenderBoard(side);

        Assert.Equal(Enumerable.Range(1, side * side).Select(cell => $"Cell {cell}"), board.FindAll("[role='radiogroup'] [role='radio']").Select(badge => badge.GetAttribute("aria-label")));
        Assert.Contains($"aspect-ratio: {ratio}", board.Find(".desk-paper").GetAttribute("style"), StringComparison.Ordinal);
    }

    [Fact]
    public void Render_EveryControl_HasAName()
    {
        var board = RenderBoard(2, Reader("grid-heads", "a"), Reader("grid-transcriber", "b"));

        Assert.All(board.FindAll("button"), button => Assert.False(string.IsNullOrWhiteSpace(button.GetAttribute("aria-label") ?? button.TextContent)));
        Assert.Equal(Enumerable.Range(0, 10).Select(digit => $"Put in a {digit}"), board.FindAll("[data-example]").Select(button => button.GetAttribute("aria-label")));
    }

    [Fact]
    public void Render_OtherWeights_TellsTheReadersOnce()
    {
        var board = RenderBoard(2, Reader("grid-heads", "a"), Reader("grid-transcriber", "b"));

        board.Render(parameters => parameters.Add(b => b.Readers, [Reader("grid-heads", "a"), Reader("grid-transcriber", "b")]));
        Assert.Empty(_control.Invocations["setReaders"]);

        board.Render(parameters => parameters.Add(b => b.Readers, [Reader("grid-heads", "a"), Reader("grid-transcriber", "c")]));
        board.WaitForAssertion(() => Assert.Single(_control.Invocations["setReaders"]));
    }

    [Fact]
    public void Render_AReaderWithoutWeights_SaysSoAndStillDraws()
    {
        var board = RenderBoard(2, new GridReader(ExperimentCatalog.Find("grid-heads"), [], null));

        Assert.Contains("No weights can answer yet", board.Find("[data-reader] .notice").TextContent, StringComparison.Ordinal);
        Assert.NotNull(board.Find("canvas[aria-label='Drawing canvas']"));
    }

    private static GridReader Reader(string experiment, string weights)
    {
        var choice = WeightsDouble.OnGrid(weights, experiment);
        return new GridReader(ExperimentCatalog.Find(experiment), [choice], choice);
    }

    private IRenderedComponent<GridBoard> RenderBoard(int side, params IReadOnlyList<GridReader> readers) =>
        Render<GridBoard>(parameters => parameters.Add(board => board.Canvas, new CanvasGuide(side, side)).Add(board => board.Readers, readers));
}

using Bunit;
using VitLab.Web.Components.Draw;

namespace VitLab.Tests.Components.Draw;

public class DrawBoardTests : ComponentTest
{
    /// <summary>What the script looks for; a part it misses is an error on the page.</summary>
    private static readonly string[] s_parts =
    [
        "drop", "canvas", "pen", "hint", "undo", "redo", "clear", "eraser", "brush", "center", "pin", "upload", "download", "file",
        "verdict", "sure", "source", "spent", "bars", "correction", "spoken", "status", "sight",
    ];

    [Fact]
    public void Render_Always_HasEveryPartTheScriptUses()
    {
        var board = RenderBoard();

        Assert.All(s_parts, part => Assert.Single(board.FindAll($"[data-part='{part}']")));
    }

    [Fact]
    public void Render_Always_OffersTenExampleDigitsByName()
    {
        var board = RenderBoard();

        Assert.Equal(Enumerable.Range(0, 10).Select(digit => $"Draw an example {digit}"), board.FindAll("[data-example]").Select(button => button.GetAttribute("aria-label")));
    }

    [Fact]
    public void Render_EveryControl_HasAName()
    {
        var board = RenderBoard();

        Assert.All(board.FindAll("button"), button => Assert.False(string.IsNullOrWhiteSpace(button.GetAttribute("aria-label") ?? button.TextContent)));
    }

    [Fact]
    public void Render_SameWeightsAgain_TellsNothing()
    {
        var control = SetupControl("draw/draw-board");
        var board = Render<DrawBoard>(parameters => parameters.Add(b => b.Weights, "single-digit").Add(b => b.Classes, ["0", "1"]));

        board.Render(parameters => parameters.Add(b => b.Weights, "single-digit").Add(b => b.Classes, ["0", "1"]));

        Assert.Empty(control.Invocations["setWeights"]);
    }

    private IRenderedComponent<DrawBoard> RenderBoard()
    {
        SetupControl("draw/draw-board");
        return Render<DrawBoard>(parameters => parameters.Add(board => board.Weights, "single-digit").Add(board => board.Classes, ["0", "1"]));
    }
}

using Bunit;
using VitLab.Tests.Components;
using VitLab.Web.Components.Sequences;
using VitLab.Web.Predictions;

namespace VitLab.Tests.Components.Sequences;

public class SequenceBoardTests : ComponentTest
{
    /// <summary>What the script looks for; a part it misses is an error on the page.</summary>
    private static readonly string[] s_parts =
    [
        "drop", "canvas", "pen", "hint", "undo", "redo", "clear", "eraser", "brush", "center", "pin", "upload", "download", "file", "status",
        "cells", "cell-name", "cell-clear", "cell-swap", "cell-copy", "cell-random", "sample-both", "sample-sequence", "sample-anchor",
    ];

    private static readonly string[] s_taskParts = ["truth", "said", "looks"];

    private static readonly string[] s_readerParts = ["value", "verdict", "sure", "distribution", "source", "spent"];

    private static readonly string[] s_readers =
        ["sequence-sum-transformer", "sequence-sum-fully-connected", "anchor-in-sequence-transformer", "anchor-in-sequence-fully-connected"];

    private readonly BunitJSModuleInterop _control;

    public SequenceBoardTests()
    {
        _control = SetupControl("sequences/sequence-board");
        _control.SetupVoid("setReaders", _ => true).SetVoidResult();
    }

    [Fact]
    public void Render_Always_HasEveryPartTheScriptUses()
    {
        var board = RenderBoard(WeightsDouble.OnSequence("a", "sequence-sum", "transformer"));

        Assert.All(s_parts, part => Assert.Single(board.FindAll($"[data-part='{part}']")));
        Assert.All(["sequence-sum", "anchor-in-sequence"], task => Assert.All(s_taskParts, part => Assert.Single(board.FindAll($"[data-task='{task}'] [data-part='{part}']"))));
        Assert.All(s_readers, reader => Assert.All(s_readerParts, part => Assert.Single(board.FindAll($"[data-reader='{reader}'] [data-part='{part}']"))));
    }

    [Fact]
    public void Render_TheCanvas_HasAnAnchorAndTenImages()
    {
        var board = RenderBoard();

        Assert.Equal(["Anchor", .. Enumerable.Range(1, 10).Select(image => $"Image {image}")], board.FindAll("[role='radiogroup'] [role='radio']").Select(badge => badge.GetAttribute("aria-label")));
        Assert.Contains("aspect-ratio: 3080 / 280", board.Find(".desk-paper").GetAttribute("style"), StringComparison.Ordinal);
    }

    [Fact]
    public void Render_EveryControl_HasAName()
    {
        var board = RenderBoard(WeightsDouble.OnSequence("a", "sequence-sum", "transformer"));

        Assert.All(board.FindAll("button"), button => Assert.False(string.IsNullOrWhiteSpace(button.GetAttribute("aria-label") ?? button.TextContent)));
        Assert.All(board.FindAll("[aria-labelledby]"), element => Assert.NotEmpty(board.FindAll($"#{element.GetAttribute("aria-labelledby")}")));
    }

    [Fact]
    public void Render_OtherWeights_TellsTheScriptOnce()
    {
        WeightsChoice[] weights = [WeightsDouble.OnSequence("a", "sequence-sum", "transformer"), WeightsDouble.OnSequence("b", "sequence-sum", "transformer")];
        var board = RenderBoard(weights);

        board.Render(parameters => parameters.Add(b => b.Tasks, SequenceTask.All(weights, ["a"])));
        Assert.Empty(_control.Invocations["setReaders"]);

        board.Render(parameters => parameters.Add(b => b.Tasks, SequenceTask.All(weights, ["b"])));
        board.WaitForAssertion(() => Assert.Single(_control.Invocations["setReaders"]));
    }

    [Fact]
    public void Render_AReaderWithoutWeights_SaysWhereItIsTrained()
    {
        var board = RenderBoard(WeightsDouble.OnSequence("a", "sequence-sum", "transformer"));

        Assert.Empty(board.FindAll("[data-reader='sequence-sum-transformer'] .notice"));
        var notice = board.Find("[data-reader='sequence-sum-fully-connected'] .notice");
        Assert.Contains("No weights can answer yet", notice.TextContent, StringComparison.Ordinal);
        Assert.Equal("/train?experiment=sequence-sum&preset=fully-connected", notice.QuerySelector("a")!.GetAttribute("href"));
    }

    private IRenderedComponent<SequenceBoard> RenderBoard(params WeightsChoice[] weights) =>
        Render<SequenceBoard>(parameters => parameters.Add(board => board.Tasks, SequenceTask.All(weights, [])));
}

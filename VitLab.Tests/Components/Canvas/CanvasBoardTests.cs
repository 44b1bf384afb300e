using System.Globalization;
using System.Text.Json;
using Bunit;
using VitLab.Experiments;
using VitLab.Web.Components.Canvas;
using VitLab.Web.Scenes;

namespace VitLab.Tests.Components.Canvas;

public class CanvasBoardTests : ComponentTest
{
    /// <summary>What the script looks for; a part it misses is an error on the page.</summary>
    private static readonly string[] s_parts =
    [
        "drop", "canvas", "pen", "hint", "undo", "redo", "clear", "eraser", "brush", "pin", "upload", "download", "file", "status",
        "presence", "objects", "marquee", "outside", "outside-words", "bring-in", "object-smaller", "object-larger", "object-delete",
        "width", "width-value", "height", "height-value", "reading", "source", "spent", "found", "presence-switch", "presence-legend",
        "chosen-name", "chosen-words", "bars", "correction", "sight", "input", "look", "look-encoder", "look-decoder", "seen-by-encoder", "seen-by-decoder", "sight-encoder", "sight-decoder",
        "scenes", "scene-picture", "scene-canvas", "scene-boxes", "scene-words", "scene-seed", "scene-another", "scene-put",
    ];

    private readonly BunitJSModuleInterop _control;

    public CanvasBoardTests()
    {
        _control = SetupControl("canvas/canvas-board");
        _control.SetupVoid("setWeights", _ => true).SetVoidResult();
    }

    [Fact]
    public void Render_Always_HasEveryPartTheScriptUsesOnce()
    {
        var board = RenderBoard("a");

        Assert.All(s_parts, part => Assert.Single(board.FindAll($"[data-part='{part}']")));
    }

    [Fact]
    public void Render_Always_HandsOverThePaperAndWhoAnswers()
    {
        RenderBoard("a", live: true);

        var options = JsonSerializer.SerializeToElement(JSInterop.Invocations["create"].Single().Arguments[2], JsonSerializerOptions.Web);
        Assert.Equal("""{"shortest":560,"longest":1680,"usual":1120}""", options.GetProperty("limits").GetRawText());
        Assert.Equal(10, options.GetProperty("unitsPerPixel").GetInt32());
        Assert.Equal("""{"weights":"a","live":true,"classes":["0","1"]}""", options.GetProperty("answering").GetRawText());
    }

    [Fact]
    public void Render_FreePaper_OffersItsSizesInPixels()
    {
        var board = RenderBoard("a");

        Assert.Equal(["56", "84", "112", "140", "168"], board.FindAll("[data-side]").Select(chip => chip.GetAttribute("data-side")));
        Assert.All(new[] { "width", "height" }, side =>
        {
            var slider = board.Find($"[data-part='{side}']");
            Assert.Equal(("56", "168", "112"), (slider.GetAttribute("min"), slider.GetAttribute("max"), slider.GetAttribute("value")));
        });
    }

    [Fact]
    public void Render_PaperWithOtherLimits_OffersOnlyWhatTheyAllow()
    {
        var board = RenderBoard("a", canvas: CanvasGuide.Free with { Limits = new CanvasLimits(800, 1200, 840) });

        Assert.Equal(["84", "112"], board.FindAll("[data-side]").Select(chip => chip.GetAttribute("data-side")));
        Assert.Equal("84", board.Find("[data-part='width']").GetAttribute("value"));
    }

    [Fact]
    public void Render_EveryControl_HasAName()
    {
        var board = RenderBoard("a");

        Assert.All(board.FindAll("button"), button => Assert.False(string.IsNullOrWhiteSpace(button.GetAttribute("aria-label") ?? button.TextContent)));
        Assert.All(board.FindAll("input:not([hidden])"), input => Assert.False(string.IsNullOrWhiteSpace(input.Closest("label")?.TextContent)));
        Assert.Equal([.. Enumerable.Range(0, 10).Select(digit => $"Put in a {digit}"), "Put in a random digit"], board.FindAll("[data-example]").Select(button => button.GetAttribute("aria-label")));
    }

    [Fact]
    public void Render_ScenePanel_HasASliderForEverySetting()
    {
        var board = RenderBoard("a");

        Assert.Equal(
            SceneSetting.All.Select(setting => (setting.Key, Text(setting.Minimum), Text(setting.Maximum), Text(setting.Usual))),
            board.FindAll("[data-setting]").Select(slider => (slider.GetAttribute("data-setting")!, slider.GetAttribute("min")!, slider.GetAttribute("max")!, slider.GetAttribute("value")!)));
    }

    [Fact]
    public void Render_Pictures_AreNeverCentred() => Assert.Empty(RenderBoard("a").FindAll("[data-part='center']"));

    [Fact]
    public void Render_OtherWeights_TellsTheScriptOnce()
    {
        var board = RenderBoard("a");

        board.Render(parameters => parameters.Add(b => b.Weights, "a"));
        Assert.Empty(_control.Invocations["setWeights"]);

        board.Render(parameters => parameters.Add(b => b.Weights, "b"));
        board.WaitForAssertion(() => Assert.Single(_control.Invocations["setWeights"]));
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    private IRenderedComponent<CanvasBoard> RenderBoard(string? weights, bool live = false, CanvasGuide? canvas = null) =>
        Render<CanvasBoard>(parameters => parameters.Add(board => board.Canvas, canvas ?? CanvasGuide.Free).Add(board => board.Weights, weights).Add(board => board.Live, live).Add(board => board.Classes, ["0", "1"]));
}

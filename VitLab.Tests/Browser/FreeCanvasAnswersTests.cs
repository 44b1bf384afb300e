using System.Text.RegularExpressions;
using Microsoft.Playwright;
using VitLab.Data;
using VitLab.Tests.Support;
using VitLab.Vision;
using static Microsoft.Playwright.Assertions;
using static VitLab.Tests.Browser.FreeCanvas;

namespace VitLab.Tests.Browser;

/// <summary>The free canvas and the models that answer on it: one that trains just now, and the one that ships with the lab.</summary>
public class FreeCanvasAnswersTests(BrowserFixture fixture, LabFixture lab) : BrowserTest(fixture, lab)
{
    private const string Shipped = "free-layout";

    [Fact]
    public async Task RunInTraining_Answers_WithItsNewestWeightsAndReadsScenes()
    {
        var server = await ServerAsync();
        var id = await StartAsync(server);
        await server.WaitForRunAsync(id, "the run takes a step", run => run.GetProperty("step").GetInt64() > 0);
        var page = await OpenAsync($"/canvas?weights={id}", new() { ViewportSize = new() { Width = 1280, Height = 1500 } });
        await Expect(page.Locator(".canvas-board")).ToHaveClassAsync(new Regex("live"));
        await DrawAsync(page, Counted);

        var source = page.Locator("[data-part='source']");
        await Expect(source).ToHaveTextAsync(new Regex(", step [\\d,]+$"));
        var first = await source.InnerTextAsync();
        await Expect(source).Not.ToHaveTextAsync(first);                     // the same drawing is asked about again
        await Expect(page.Locator("[data-part='map-caption']")).ToHaveTextAsync(new Regex("^What the mean of all patches attends to"));
        await server.CommandAsync(id, "stop");

        await page.GetByText("Scenes like those it learned from").ClickAsync();
        var words = page.Locator("[data-part='scene-words']");
        await Expect(words).ToHaveTextAsync(new Regex("^112 × 112 px"));
        await page.Locator("[data-setting='height']").FillAsync("70");
        await page.Locator("[data-setting='mostDigits']").FillAsync("2");
        await page.Locator("[data-setting='fewestDigits']").FillAsync("3");  // takes the most along
        await Expect(words).ToHaveTextAsync(new Regex("^112 × 70 px\\. [1-3] digits?: "));
        var seen = await words.InnerTextAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Another" }).ClickAsync();
        await Expect(words).Not.ToHaveTextAsync(seen);

        await page.GetByRole(AriaRole.Button, new() { Name = "Put on the canvas" }).ClickAsync();
        await Expect(Side(page, "height")).ToHaveValueAsync("70");
        await Expect(page.Locator("[data-part='input']")).ToHaveTextAsync(new Regex("^112 × 70 px"));
        await page.Keyboard.PressAsync("Control+z");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Download" })).ToBeEnabledAsync();   // strokes again
    }

    [Fact]
    public async Task ShippedWeights_ThreeDrawnDigits_AreFoundAndRead()
    {
        Assert.SkipUnless(File.Exists(Repository.PathOf("VitLab.Web", "pretrained", $"{Shipped}.safetensors")), $"No checkpoint of {Shipped} ships yet.");
        var page = await OpenAsync($"/canvas?weights={Shipped}", new() { ViewportSize = new() { Width = 1280, Height = 1500 } });
        await Expect(page.Locator(".canvas-board")).ToHaveAttributeAsync("data-ready", "true");

        await DrawAsync(page, [.. Digit(4, 8, 12), .. Digit(7, 62, 20), .. Digit(1, 30, 68)]);

        await Expect(Reading(page)).ToHaveTextAsync("3 digits: 4 7 1");
        await Expect(Boxes(page)).ToHaveCountAsync(3);
        await ChooseAsync(page, 1);
        await Expect(Chosen(page)).ToHaveTextAsync("Read as 7");
        await Expect(page.Locator("[data-part='map-caption']")).ToHaveTextAsync(new Regex("^What patch row \\d+, column \\d+ attends to"));
        await page.Keyboard.PressAsync("Delete");
        await Expect(Reading(page)).ToHaveTextAsync("2 digits: 4 1");
        await page.GetByRole(AriaRole.Button, new() { Name = "140 × 140" }).ClickAsync();
        await Expect(page.Locator("[data-part='input']")).ToHaveTextAsync(new Regex("^140 × 140 px"));
        await Expect(Reading(page)).ToHaveTextAsync("2 digits: 4 1");
        await page.Keyboard.PressAsync("Shift+Delete");
        await Expect(Reading(page)).ToHaveTextAsync("Nothing here");
    }

    /// <summary>A digit by the built-in pen, in pixels of the model.</summary>
    private static IEnumerable<float[]> Digit(int digit, float x, float y) =>
        PenDigits.Draw(digit, seed: 2).Strokes.Select(stroke => stroke.Select((unit, index) => (unit / SceneNormalizer.UnitsPerPixel) + (index % 2 == 0 ? x : y)).ToArray());
}

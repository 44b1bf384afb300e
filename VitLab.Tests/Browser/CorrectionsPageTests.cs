using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace VitLab.Tests.Browser;

public class CorrectionsPageTests(BrowserFixture fixture, LabFixture lab) : BrowserTest(fixture, lab)
{
    [Fact]
    public async Task Corrections_ChangedInOneTab_AreTheSameInAnother()
    {
        var server = await ServerAsync();
        foreach (var label in new[] { 1, 2, 2 })
        {
            await server.PostAsync("/api/corrections", new { label, drawing = new { width = 280, height = 280, strokes = new[] { new[] { 60, 60, 220, 60, 120, 230 } } } });
        }

        var page = await OpenAsync("/corrections");
        var other = await OpenInAsync(page.Context, "/corrections?label=2");
        await Expect(Tiles(other)).ToHaveCountAsync(2);
        await Tiles(page).Nth(0).GetByLabel("What it is").SelectOptionAsync("9");
        await Expect(Tiles(other)).ToHaveCountAsync(1);

        await Tiles(other).Nth(0).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(page.Locator(".correction-tile[data-label='2']")).ToHaveCountAsync(0);
        await other.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(page.Locator(".correction-tile[data-label='2']")).ToHaveCountAsync(1);

        await page.GetByLabel("Select this 9").CheckAsync();
        var file = await page.RunAndWaitForDownloadAsync(() => page.Locator(".corrections-selection").GetByRole(AriaRole.Button, new() { Name = "Export" }).ClickAsync());
        Assert.Equal("corrections.jsonl", file.SuggestedFilename);
        var line = Assert.Single(await File.ReadAllLinesAsync(await file.PathAsync(), TestContext.Current.CancellationToken));
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "one.jsonl", MimeType = "application/jsonl", Buffer = Encoding.UTF8.GetBytes(line.Replace("\"label\":9", "\"label\":3", StringComparison.Ordinal)) });
        await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("1 digit taken");
        await Expect(page.Locator(".correction-tile[data-label='3']")).ToHaveCountAsync(1);
    }

    private static ILocator Tiles(IPage page) => page.Locator(".correction-tile");
}

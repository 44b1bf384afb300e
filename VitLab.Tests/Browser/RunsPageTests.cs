using System.Text.RegularExpressions;
using Microsoft.Playwright;
using VitLab.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace VitLab.Tests.Browser;

/// <summary>What becomes of runs: compared, renamed, deleted and brought back.</summary>
public class RunsPageTests(BrowserFixture fixture, LabFixture lab) : BrowserTest(fixture, lab)
{
    [Fact]
    public async Task TwoRuns_ComparedAndRenamedAndOneDeleted_ComeBackWithUndo()
    {
        var server = await ServerAsync();
        var (first, second) = (await FinishedRunAsync(server, 64), await FinishedRunAsync(server, 128));
        var page = await OpenAsync("/runs");
        foreach (var id in new[] { first, second })
        {
            await page.GetByLabel($"Compare {id}").CheckAsync();
        }

        await Expect(page.GetByLabel("Comparison").GetByRole(AriaRole.Row, new() { NameRegex = new Regex("^Batch size (64|128) images (64|128) images") })).ToBeVisibleAsync();
        var findings = await AccessibilityTests.SeriousFindingsAsync(page);
        Assert.True(findings.Count == 0, string.Join("\n", findings));

        await page.GetByRole(AriaRole.Button, new() { Name = $"Rename {first}" }).ClickAsync();
        await page.GetByLabel("New name").FillAsync("Half batches");
        await page.GetByLabel("New name").PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete Half batches" }).ClickAsync();
        await Expect(page.Locator($"[data-run='{first}']")).ToHaveCountAsync(0);
        Assert.Single((await server.GetAsync("/api/runs")).EnumerateArray());

        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(page.Locator($"[data-run='{first}']")).ToContainTextAsync("Half batches");
    }

    /// <summary>A run of two short epochs, seen to its end.</summary>
    private static async Task<string> FinishedRunAsync(LabServer server, int batchSize)
    {
        var run = await server.PostAsync("/api/runs", new
        {
            experiment = "single-digit",
            preset = "d16",
            options = new { data = "pen", samplesPerEpoch = 1280, batchSize, epochs = 2 },
        });
        var id = run.GetProperty("id").GetString()!;
        await server.WaitForRunAsync(id, "the run completes", run => run.State() == "completed");
        return id;
    }
}

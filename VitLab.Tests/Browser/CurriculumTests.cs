using System.Text.RegularExpressions;
using Microsoft.Playwright;
using VitLab.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static VitLab.Tests.Browser.LivePage;

namespace VitLab.Tests.Browser;

/// <summary>From phase to phase: weights carried over from one digit to four, and models whose answer has several parts.</summary>
public class CurriculumTests(BrowserFixture fixture, LabFixture lab) : BrowserTest(fixture, lab)
{
    [Fact]
    public async Task GridRun_FromTheSuggestedWeights_SaysWhatItTookOverAndIsComparedWithItsTwin()
    {
        var server = await ServerAsync();
        var page = await OpenAsync("/train?experiment=grid-heads");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start from it" }).ClickAsync();
        await Expect(page.Locator(".start-from .transfer")).ToContainTextAsync("53 of 62 tensors carried over, positions of one digit kept in every cell");
        await page.GetByLabel("also run it from scratch, to compare").CheckAsync();
        await page.GetByLabel("Data", new() { Exact = true }).SelectOptionAsync("pen");
        await page.GetByLabel("Epochs", new() { Exact = true }).FillAsync("1");
        await page.GetByText("More data settings").ClickAsync();
        await page.Locator("#option-samplesPerEpoch").FillAsync("4000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start training" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex(@"/train\?run="), new() { Timeout = Patience });
        await Expect(page.Locator(".run-lineage")).ToContainTextAsync("53 of 62 tensors carried over", new() { Timeout = Patience });
        await Expect(page.Locator(".run-lineage")).ToContainTextAsync("The same settings from scratch");
        foreach (var run in (await server.GetAsync("/api/runs")).EnumerateArray().Where(run => run.GetProperty("experiment").GetString() == "grid-heads"))
        {
            await server.WaitForRunAsync(run.GetProperty("id").GetString()!, "both runs complete", run => run.State() == "completed");
        }

        await page.GetByRole(AriaRole.Link, new() { Name = "Compare" }).ClickAsync();
        await page.GetByLabel("What to draw").SelectOptionAsync(new SelectOptionValue { Label = "Digits right" });
        await page.GetByLabel("target").FillAsync("5");
        await page.GetByLabel("target").PressAsync("Enter");
        await Expect(page.Locator(".run-verdict")).ToHaveTextAsync(new Regex(@"^To 5\s% digits right: with transfer [\d,]+ samples, from scratch [\d,]+ samples: "));
        await Expect(page).ToHaveURLAsync(new Regex("target=5$"));
    }

    [Fact]
    public async Task ModelThatWrites_Watched_ShowsItsTokensAndWhereItLookedAtEach()
    {
        var server = await ServerAsync();
        var run = await server.PostAsync("/api/runs", new
        {
            experiment = "grid-transcriber",
            options = new { data = "pen", dim = 16, depth = 1, heads = 2, mlpDim = 16, decoderDepth = 1, samplesPerEpoch = 2560, batchSize = 64, epochs = 1000 },
        });
        var id = run.GetProperty("id").GetString()!;
        var page = await OpenAsync($"/train?run={id}");
        await Expect(page.Locator("[data-part='cross-map']")).ToBeVisibleAsync(new() { Timeout = Patience });
        await server.CommandAsync(id, "pause");
        await Expect(MainCommand(page)).ToHaveTextAsync("Resume");

        Assert.Equal(Enumerable.Repeat(56, 12), await page.Locator("[data-part='probes'] canvas").EvaluateAllAsync<int[]>("tiles => tiles.map(tile => tile.width)"));
        await Expect(page.Locator(".reading-part")).Not.ToHaveCountAsync(0);
        await page.Locator(".reading-part").Last.ClickAsync();
        await Expect(page.Locator("[data-part='cross-caption']")).ToHaveTextAsync(new Regex(@"^Step (\d+) of \1, "));
        await Expect(page.Locator(".token").Last).ToHaveAttributeAsync("aria-checked", "true");
        await page.Locator(".token").First.ClickAsync();
        await Expect(page.Locator(".reading-part").First).ToHaveAttributeAsync("aria-pressed", "true");

        var findings = await AccessibilityTests.SeriousFindingsAsync(page);
        Assert.True(findings.Count == 0, string.Join("\n", findings));

        await page.GetByRole(AriaRole.Button, new() { Name = "encoder", Exact = true }).ClickAsync();
        await Expect(page.Locator("[data-part='cross-map']")).ToBeHiddenAsync();
        await Expect(page.Locator("[data-part='map']")).ToBeVisibleAsync();
        await server.CommandAsync(id, "stop");
    }
}

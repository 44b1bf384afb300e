using System.Text.RegularExpressions;
using Microsoft.Playwright;
using VitLab.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static VitLab.Tests.Browser.LivePage;

namespace VitLab.Tests.Browser;

/// <summary>The live page of runs on strips of digits.</summary>
public class SequenceRunTests(BrowserFixture fixture, LabFixture lab) : BrowserTest(fixture, lab)
{
    private static readonly Dictionary<string, object> s_small = new() { ["data"] = "pen", ["channels"] = 2, ["embedding"] = 16, ["depth"] = 1, ["heads"] = 2, ["samplesPerEpoch"] = 2560, ["epochs"] = 1000 };

    [Fact]
    public async Task Anchor_Watched_ShowsWhichImageItLooksAtMost()
    {
        var server = await ServerAsync();
        var id = await server.StartLongRunAsync("transformer", "anchor-in-sequence", s_small);
        var page = await OpenAsync($"/train?run={id}");

        await Expect(page.Locator("[data-part='cross-caption']")).ToHaveTextAsync(new Regex(@"^Looks most at image \d+, [0-9.]+\s%$"));
        await Expect(page.Locator("[data-part='sight-encoder']")).ToBeHiddenAsync();
        await Expect(page.GetByText("Choose a digit")).ToBeHiddenAsync();
        await Expect(page.Locator(".confusion")).ToBeVisibleAsync();
        await server.CommandAsync(id, "pause");
        await Expect(MainCommand(page)).ToHaveTextAsync("Resume");

        Assert.Empty(await AccessibilityTests.SeriousFindingsAsync(page));
        await server.CommandAsync(id, "stop");
    }

    [Fact]
    public async Task Sum_Watched_ShowsItsNumbersOnAScaleAndTilesInTheShapeOfAStrip()
    {
        var server = await ServerAsync();
        var id = await server.StartLongRunAsync("transformer", "sequence-sum", s_small);
        var page = await OpenAsync($"/train?run={id}");
        await Expect(page.Locator("[data-part='probe-reading'] .probability-scale path")).ToHaveAttributeAsync("d", new Regex("^M0 1V"));
        await server.CommandAsync(id, "pause");
        await Expect(MainCommand(page)).ToHaveTextAsync("Resume");

        await Expect(page.Locator(".confusion")).ToHaveCountAsync(0);
        var tile = (await page.Locator("[data-part='probes'] canvas").First.BoundingBoxAsync())!;
        Assert.Equal(10, tile.Width / tile.Height, 0.5);
        Assert.Empty(await AccessibilityTests.SeriousFindingsAsync(page));
        await server.CommandAsync(id, "stop");
    }
}

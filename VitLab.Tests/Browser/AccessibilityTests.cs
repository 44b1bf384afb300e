using System.Text.Json;
using Microsoft.Playwright;
using VitLab.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace VitLab.Tests.Browser;

/// <summary>axe-core over every page, light and dark: no serious or critical finding.</summary>
public class AccessibilityTests(BrowserFixture fixture) : BrowserTest(fixture, fixture.Untouched)
{
    private static readonly string s_axe = Repository.PathOf("wwwroot-assets", "node_modules", "axe-core", "axe.min.js");

    [Theory]
    [InlineData("/")]
    [InlineData("/train")]
    [InlineData("/draw")]
    [InlineData("/grid")]
    [InlineData("/canvas")]
    [InlineData("/sequences")]
    [InlineData("/corrections")]
    [InlineData("/runs")]
    [InlineData("/models")]
    [InlineData("/not-found")]
    public async Task Page_LightThenDark_HasNoSeriousFinding(string path)
    {
        var page = await OpenAsync(path, new() { ColorScheme = ColorScheme.Light });
        await Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
        var light = await SeriousFindingsAsync(page);

        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        var dark = await SeriousFindingsAsync(page);

        Assert.True(light.Count == 0, string.Join("\n", light));
        Assert.True(dark.Count == 0, string.Join("\n", dark));
    }

    internal static async Task<IReadOnlyList<string>> SeriousFindingsAsync(IPage page)
    {
        await page.AddScriptTagAsync(new() { Path = s_axe });
        // What is still fading in has no contrast yet.
        await page.EvaluateAsync("() => Promise.all(document.getAnimations().filter(a => a.effect.getComputedTiming().endTime !== Infinity).map(a => a.finished.catch(() => {})))");
        var result = await page.EvaluateAsync<JsonElement>("async () => (await axe.run(document, { resultTypes: ['violations'] })).violations");
        return
        [
            .. from violation in result.EnumerateArray()
               where violation.GetProperty("impact").GetString() is "serious" or "critical"
               from node in violation.GetProperty("nodes").EnumerateArray()
               select $"{violation.GetProperty("id").GetString()}: {node.GetProperty("html").GetString()} — {node.GetProperty("failureSummary").GetString()}",
        ];
    }
}

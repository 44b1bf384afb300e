using System.Text.Json;
using Microsoft.Playwright;
using VitLab.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace VitLab.Tests.Browser;

/// <summary>axe-core over every page, light and dark: no serious or critical finding.</summary>
public class AccessibilityTests(BrowserFixture fixture, LabFixture lab) : BrowserTest(fixture, lab)
{
    private static readonly string s_axe = Repository.PathOf("wwwroot-assets", "node_modules", "axe-core", "axe.min.js");

    public static MatrixTheoryData<string, ColorScheme> Pages =>
        new(["/", "/train", "/draw", "/grid", "/canvas", "/sequences", "/corrections", "/runs", "/not-found"], [ColorScheme.Light, ColorScheme.Dark]);

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_Loaded_HasNoSeriousFinding(string path, ColorScheme scheme)
    {
        var page = await OpenAsync(path, new() { ColorScheme = scheme });
        await Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();

        var findings = await SeriousFindingsAsync(page);
        Assert.True(findings.Count == 0, string.Join("\n", findings));
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

using System.Text.RegularExpressions;
using Microsoft.Playwright;
using VitLab.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace VitLab.Tests.Browser;

/// <summary>The steps from weights to the verdict on what was taught to them.</summary>
internal static class TeachingPath
{
    /// <summary>Weights that have hardly learned: teaching them is quick.</summary>
    public static async Task<string> PupilAsync(LabServer server, string experiment)
    {
        var run = await server.PostAsync("/api/runs", new { experiment, options = new { data = "pen", samplesPerEpoch = 640, batchSize = 64, epochs = 1, dim = 16, depth = 1, mlpDim = 16 } });
        var id = run.GetProperty("id").GetString()!;
        await server.WaitForRunAsync(id, "the run completes", run => run.State() == "completed");
        return id;
    }

    /// <summary>Has the corrections taught and waits for the report; returns the lesson's id.</summary>
    public static async Task<string> TeachAsync(IPage page, string pupil)
    {
        await page.GetByLabel("Weights to teach").SelectOptionAsync(pupil);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Teach .* corrections?$") }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Use it" })).ToBeVisibleAsync();
        return (await page.Locator(".lesson").First.GetAttributeAsync("data-lesson"))!;
    }

    public static async Task ExpectInUseAsync(IPage page, string lesson)
    {
        var past = page.Locator(".teach-past");
        await Expect(past).ToContainTextAsync("One lesson before");
        await Expect(past.Locator($"[data-lesson='{lesson}']")).ToContainTextAsync("✓ in use");
    }

    public static ILocator Bar(IPage page) => page.Locator(".correction-bar");

    public static ILocator Tiles(IPage page) => page.Locator(".correction-tile");
}

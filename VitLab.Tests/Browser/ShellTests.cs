using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace VitLab.Tests.Browser;

/// <summary>What is around every page.</summary>
public class ShellTests(BrowserFixture fixture) : BrowserTest(fixture, fixture.Untouched)
{
    [Fact]
    public async Task BlazorScript_FirstVisit_IsThereAndBringsUpACircuit()
    {
        var page = await OpenAsync("/");
        var source = await page.Locator("script[src*='_framework/blazor.web']").GetAttributeAsync("src");

        var script = await page.APIRequest.GetAsync(new Uri(new Uri(page.Url), source).ToString());

        Assert.True(script.Ok, $"{source}: {script.Status}");
        Assert.True((await script.BodyAsync()).Length > 100_000, $"{source} is too short to be Blazor's script.");
        await Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();   // pages are not prerendered
    }

    [Fact]
    public async Task Navigation_FromRoomToRoom_ShowsEachAndMarksItWithoutReloading()
    {
        var page = await OpenAsync("/");
        await page.EvaluateAsync("() => { window.stayed = true; }");
        var links = page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link);
        await Expect(links.First).ToBeVisibleAsync();

        foreach (var link in (await links.AllAsync()).Reverse())      // Home, where it began, comes last
        {
            await link.ClickAsync();

            await Expect(link).ToHaveAttributeAsync("aria-current", "page");
            await Expect(page).ToHaveTitleAsync(new Regex($"^({await link.InnerTextAsync()} · )?VitLab$"));
            await Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        }

        Assert.True(await page.EvaluateAsync<bool>("() => window.stayed === true"));
    }

    [Theory]
    [InlineData(ColorScheme.Light, "light")]
    [InlineData(ColorScheme.Dark, "dark")]
    public async Task Theme_FirstVisit_FollowsTheSystem(ColorScheme scheme, string theme)
    {
        var page = await OpenAsync("/", new() { ColorScheme = scheme });

        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", theme);
    }

    [Fact]
    public async Task Theme_SwitchedToDark_DarkensThePageAndLastsOverAReload()
    {
        var page = await OpenAsync("/", new() { ColorScheme = ColorScheme.Light });
        var before = await BrightnessAsync(page);
        var theme = page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Theme") });

        await theme.ClickAsync();
        await theme.ClickAsync();   // system, light, dark
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await page.ReloadAsync();

        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        Assert.True(before > 200, $"The light page's background has brightness {before} of 255.");
        Assert.True(await BrightnessAsync(page) < 60, "The dark page's background is not dark.");
    }

    [Fact]
    public async Task UnknownAddress_Visited_SaysSoAndLeadsBack()
    {
        var page = await OpenMissingAsync("/no-such-room");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "There is no such page" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "home" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/$"));
    }

    private static Task<double> BrightnessAsync(IPage page) => page.EvaluateAsync<double>(
        "() => { const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g).map(Number); return (r + g + b) / 3; }");
}

using System.Text.RegularExpressions;
using Microsoft.Playwright;
using VitLab.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static VitLab.Tests.Browser.LivePage;

namespace VitLab.Tests.Browser;

/// <summary>Where the grid models look, on the live page of small runs.</summary>
public class GridAttentionTests(BrowserFixture fixture, LabFixture lab) : BrowserTest(fixture, lab)
{
    private static readonly Dictionary<string, object> s_small = new() { ["dim"] = 16, ["depth"] = 1, ["heads"] = 2, ["mlpDim"] = 16 };

    [Fact]
    public async Task CrossAttention_ByKeyboard_GoesFromTokenToToken()
    {
        var server = await ServerAsync();
        var id = await server.StartLongRunAsync("d64", "grid-transcriber", s_small);
        var page = await OpenAsync($"/train?run={id}");
        var tokens = page.GetByRole(AriaRole.Radiogroup, new() { Name = "Emitted tokens" }).GetByRole(AriaRole.Radio);
        await Eventually.GetAsync("several tokens are written", () => tokens.CountAsync(), count => count > 2);
        await PauseAsync(server, page, id);
        var count = await tokens.CountAsync();
        var (caption, slider) = (page.Locator("[data-part='cross-caption']"), page.GetByRole(AriaRole.Slider, new() { Name = "Step" }));

        await tokens.First.ClickAsync();
        await Expect(page.Locator(".path-mark[data-when='now']")).ToHaveTextAsync("1");
        await page.Keyboard.PressAsync("ArrowRight");

        await Expect(tokens.Nth(1)).ToBeFocusedAsync();
        await Expect(tokens.Nth(1)).ToBeCheckedAsync();
        await Expect(slider).ToHaveValueAsync("2");
        await Expect(caption).ToHaveTextAsync(new Regex($"^Step 2 of {count}, emits [0-9], looks "));
        Assert.Equal(await caption.InnerTextAsync(), await slider.GetAttributeAsync("aria-valuetext"));

        await slider.PressAsync("End");
        await Expect(tokens.Last).ToBeCheckedAsync();
        await Expect(caption).ToHaveTextAsync(new Regex($"^Step {count} of {count}, "));

        var findings = await AccessibilityTests.SeriousFindingsAsync(page);
        await server.CommandAsync(id, "stop");
        Assert.True(findings.Count == 0, string.Join("\n", findings));
    }

    [Fact]
    public async Task Queries_OfATokenForEachCell_AreOfferedByName()
    {
        var server = await ServerAsync();
        var id = await server.StartLongRunAsync("d64", "grid-heads", new Dictionary<string, object>(s_small) { ["pooling"] = "query" });
        var page = await OpenAsync($"/train?run={id}");
        await Eventually.GetAsync("a map is shown", () => MapStepAsync(page), step => step >= 0);
        await PauseAsync(server, page, id);
        var queries = page.GetByRole(AriaRole.Group, new() { Name = "Query" }).GetByRole(AriaRole.Button);
        await Expect(queries).ToHaveTextAsync(["cell 1", "cell 2", "cell 3", "cell 4"]);
        await Expect(queries.First).ToHaveAttributeAsync("aria-pressed", "true");
        var first = await MapAsync(page);

        await queries.Nth(2).ClickAsync();

        await Expect(queries.Nth(2)).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.Locator("[data-part='map-caption']")).ToContainTextAsync("the token of cell 3");
        Assert.NotEqual(first, await MapAsync(page));
        await server.CommandAsync(id, "stop");
    }

    /// <summary>Pauses and waits until the page shows the weights of the last step.</summary>
    private static async Task PauseAsync(LabServer server, IPage page, string id)
    {
        await MainCommand(page).ClickAsync();
        await Expect(MainCommand(page)).ToHaveTextAsync("Resume");
        await Expect(page.Locator("[data-part='probes']")).ToHaveAttributeAsync("data-step", $"{(await server.RunAsync(id)).Step()}");
    }
}

using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace VitLab.Tests.Browser;

public partial class ModelsPageTests(BrowserFixture fixture, LabFixture lab) : BrowserTest(fixture, lab)
{
    [Fact]
    public async Task Knob_TurnedByKeys_ChangesDiagramAndCostAndLeadsToTraining()
    {
        var page = await OpenAsync("/models?experiment=single-digit&preset=d16");
        await Expect(Cost(page, "parameters")).ToContainTextAsync("14,410");
        await Expect(Cost(page, "epoch")).ToContainTextAsync(Seconds());
        await page.EvaluateAsync("() => window.scrollTo(0, 400)");

        var depth = page.GetByRole(AriaRole.Slider, new() { Name = "Depth", Exact = true });
        await depth.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowRight");

        await Expect(page.Locator("#option-depth")).ToHaveValueAsync("6");
        await Expect(Cost(page, "parameters")).ToContainTextAsync("preset 14,410");
        await Expect(page.Locator("svg.architecture [data-stage=Block] .box-count")).ToHaveTextAsync("× 6");
        await Expect(page).ToHaveURLAsync(DepthSix());
        await Expect(depth).ToBeFocusedAsync();
        Assert.True(await page.EvaluateAsync<double>("() => window.scrollY") > 300, "The page jumped to its top.");

        await page.GetByRole(AriaRole.Link, new() { Name = "Train this" }).ClickAsync();
        await Expect(page.Locator("#option-depth")).ToHaveValueAsync("6");
    }

    [Fact]
    public async Task Combination_ThatCannotBe_IsExplainedAtItsFieldAndSurvivesAReload()
    {
        var page = await OpenAsync("/models");

        await page.Locator("#option-heads").FillAsync("5");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("[data-option=heads] [role=alert]")).ToContainTextAsync("expected a divisor of the width 64, got 5.");
        await page.ReloadAsync();
        await Expect(page.Locator("[data-option=heads] [role=alert]")).ToContainTextAsync("got 5.");
        Assert.Empty(await AccessibilityTests.SeriousFindingsAsync(page));
    }

    [Fact]
    public async Task Part_OpenedByKeys_ShowsTheAttentionOfEachHead()
    {
        var page = await OpenAsync("/models?experiment=grid-transcriber");

        var attention = page.GetByRole(AriaRole.Button, new() { Name = "Self-attention", Exact = true });
        await attention.FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(attention).ToHaveAttributeAsync("aria-expanded", "true");
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Attention weights" })).ToContainTextAsync("(4, 16, 16)");
        await Expect(page.Locator("svg.architecture [data-stage='Attention weights']")).ToBeVisibleAsync();
        await Expect(attention).ToBeFocusedAsync();

        await page.GetByLabel("Task").SelectOptionAsync("single-digit");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "One digit" })).ToBeVisibleAsync();
    }

    private static ILocator Cost(IPage page, string cost) => page.Locator($".cost-readouts [data-cost='{cost}']");

    [GeneratedRegex(@"≈ \d")]
    private static partial Regex Seconds();

    [GeneratedRegex("set=depth%3D6$")]
    private static partial Regex DepthSix();
}

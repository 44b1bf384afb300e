using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;
using static VitLab.Tests.Browser.TeachingPath;

namespace VitLab.Tests.Browser;

/// <summary>From a reading that is corrected to weights that were taught, accepted and outlive the server.</summary>
public class TeachingTests(BrowserFixture fixture, LabFixture lab) : BrowserTest(fixture, lab)
{
    [Fact]
    public async Task Draw_CorrectedTaughtAndAccepted_AnswersFromThenOnAndAfterARestart()
    {
        var pupil = await PupilAsync(await ServerAsync(), "single-digit");
        var page = await OpenAsync($"/draw?weights={pupil}", new() { ReducedMotion = ReducedMotion.Reduce });   // the example is there at once: a drawing that still grows is another one to correct
        await Expect(page.Locator(".draw-board")).ToHaveAttributeAsync("data-ready", "true");   // from here on a click is heard
        await page.GetByRole(AriaRole.Button, new() { Name = "Draw an example 7" }).ClickAsync();
        await Expect(page.Locator("[data-part='sure']")).ToContainTextAsync("sure");
        await Expect(Bar(page)).ToContainTextAsync("No, it is a …");

        await page.Keyboard.PressAsync("n");
        await page.Keyboard.PressAsync("4");
        await Expect(Bar(page)).ToContainTextAsync("Kept as a 4.");
        await Bar(page).GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(Bar(page)).ToContainTextAsync("No, it is a …");
        Assert.Empty((await (await ServerAsync()).GetAsync("/api/corrections")).EnumerateArray());
        await Bar(page).GetByRole(AriaRole.Button, new() { Name = "It is a 7" }).ClickAsync();
        await Expect(Bar(page)).ToContainTextAsync("Kept as a 7.");

        await Bar(page).GetByRole(AriaRole.Link, new() { Name = "Teach it" }).ClickAsync();
        await Expect(Tiles(page)).ToHaveCountAsync(1);
        await Expect(Tiles(page)).ToContainTextAsync(new Regex($"read as [0-9]\\s*by {pupil}"));
        var taught = await TeachAsync(page, pupil);
        await Expect(page.GetByRole(AriaRole.Row, new() { NameRegex = new Regex("^Test digits accuracy .*(points|unchanged)") })).ToBeVisibleAsync();
        var findings = await AccessibilityTests.SeriousFindingsAsync(page);
        Assert.True(findings.Count == 0, string.Join("\n", findings));

        await page.GetByRole(AriaRole.Button, new() { Name = "Use it" }).ClickAsync();
        await ExpectInUseAsync(page, taught);
        await page.ReloadAsync();
        await ExpectInUseAsync(page, taught);

        await RestartServerAsync();
        page = await OpenAsync("/corrections");
        await Expect(Tiles(page)).ToHaveCountAsync(1);
        await ExpectInUseAsync(page, taught);
        await page.GotoAsync("/draw");
        await Expect(page.GetByLabel("Weights that answer")).ToHaveValueAsync(taught);
    }
}

using System.Text.RegularExpressions;
using Microsoft.Playwright;
using VitLab.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static VitLab.Tests.Browser.LivePage;

namespace VitLab.Tests.Browser;

/// <summary>The first run of a fresh lab, from its Start button to its Stop button.</summary>
public class FirstRunTests(BrowserFixture fixture, LabFixture lab) : BrowserTest(fixture, lab)
{
    [Fact]
    public async Task Run_FromStartToStop_LearnsPausesSurvivesAReloadAndGoesOn()
    {
        var page = await OpenAsync("/train");
        await page.Locator("[data-preset='d16']").ClickAsync();
        await page.GetByLabel("Data", new() { Exact = true }).SelectOptionAsync("pen");
        await page.GetByLabel("Epochs", new() { Exact = true }).FillAsync("200");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start training" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex(@"/train\?run="));
        await Expect(MainCommand(page)).ToHaveTextAsync("Pause", new() { Timeout = Patience });

        var (firstLoss, firstMap, firstMapStep) = (await LossAsync(page), await MapAsync(page), await MapStepAsync(page));
        var firstSmallMaps = await SmallMapsAsync(page);
        await Eventually.GetAsync("the loss on the page halves", () => LossAsync(page), loss => loss < 0.5 * firstLoss);
        await Eventually.GetAsync("a later map is shown", () => MapStepAsync(page), step => step > firstMapStep);
        Assert.NotEqual(firstMap, await MapAsync(page));
        Assert.NotEqual(firstSmallMaps, await SmallMapsAsync(page));

        await MainCommand(page).ClickAsync();
        await Expect(MainCommand(page)).ToHaveTextAsync("Resume");
        var server = await ServerAsync();
        var id = RunId(page);
        var pausedAt = (await server.RunAsync(id)).Step();
        await Expect(Live(page)).ToHaveAttributeAsync("data-step", $"{pausedAt}");
        var pausedLoss = await LossAsync(page, pausedAt);

        await page.ReloadAsync();
        await Expect(MainCommand(page)).ToHaveTextAsync("Resume");
        await Expect(Live(page)).ToHaveAttributeAsync("data-step", $"{pausedAt}");
        Assert.Equal(pausedLoss, await LossAsync(page, pausedAt));      // smoothed over every step: the curve has its whole history again

        await MainCommand(page).ClickAsync();
        await Expect(MainCommand(page)).ToHaveTextAsync("Pause");
        await Eventually.GetAsync("steps go on", () => StepAsync(page), step => step > pausedAt + 20);

        await page.GetByRole(AriaRole.Button, new() { Name = "Stop", Exact = true }).ClickAsync();
        await Expect(page.Locator(".train-page")).ToHaveAttributeAsync("data-state", "Stopped");
        Assert.Equal("stopped", (await server.RunAsync(id)).State());
    }
}

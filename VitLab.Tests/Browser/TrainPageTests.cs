using Microsoft.Playwright;
using VitLab.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static VitLab.Tests.Browser.LivePage;

namespace VitLab.Tests.Browser;

/// <summary>The live page of runs that were started elsewhere.</summary>
public class TrainPageTests(BrowserFixture fixture, LabFixture lab) : BrowserTest(fixture, lab)
{
    [Fact]
    public async Task TwoTabs_OnOneRun_Agree()
    {
        var server = await ServerAsync();
        var id = await server.StartLongRunAsync();
        var (first, second) = (await OpenAsync($"/train?run={id}"), await OpenAsync($"/train?run={id}"));
        foreach (var page in new[] { first, second })
        {
            await Eventually.GetAsync("both tabs see steps", () => StepAsync(page), step => step > 0);
        }

        await MainCommand(first).ClickAsync();
        await Expect(MainCommand(second)).ToHaveTextAsync("Resume");
        var step = (await server.RunAsync(id)).Step();
        foreach (var page in new[] { first, second })
        {
            await Expect(Live(page)).ToHaveAttributeAsync("data-step", $"{step}");
            await Expect(page.Locator("[data-part='probes']")).ToHaveAttributeAsync("data-step", $"{step}");
        }

        Assert.Equal(await ReadingsAsync(first), await ReadingsAsync(second));
        Assert.Equal(await MapAsync(first), await MapAsync(second));

        await second.GetByRole(AriaRole.Button, new() { Name = "Stop", Exact = true }).ClickAsync();
        await Expect(first.Locator(".train-page")).ToHaveAttributeAsync("data-state", "Stopped");
    }

    [Fact]
    public async Task AttentionMap_APatchClicked_ShowsWhatItAttendsToAndWhoAttendsToIt()
    {
        var server = await ServerAsync();
        var id = await server.StartLongRunAsync();
        var page = await OpenAsync($"/train?run={id}");
        await Eventually.GetAsync("a map is shown", () => MapStepAsync(page), step => step >= 0);
        await MainCommand(page).ClickAsync();
        await Expect(MainCommand(page)).ToHaveTextAsync("Resume");
        var step = (await server.RunAsync(id)).Step();
        await Expect(page.Locator("[data-part='probes']")).ToHaveAttributeAsync("data-step", $"{step}");
        var ofCls = await MapAsync(page);
        var box = (await page.Locator("[data-part='map']").BoundingBoxAsync())!;
        var patch = new Position { X = box.Width * 0.375f, Y = box.Height * 0.375f };   // the middle of the patch in column 2, row 2 of 4

        await page.Locator("[data-part='map']").ClickAsync(new() { Position = patch });
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "CLS token" })).ToHaveAttributeAsync("aria-pressed", "false");
        var attendsTo = await MapAsync(page);
        await page.Locator("[data-part='map']").ClickAsync(new() { Position = patch });
        await Expect(page.Locator("[data-part='direction-by']")).ToHaveAttributeAsync("aria-pressed", "true");

        Assert.Equal(3, new HashSet<string> { ofCls, attendsTo, await MapAsync(page) }.Count);
        await server.CommandAsync(id, "stop");
    }

    [Fact]
    public async Task LivePage_WhilePaused_HasNoSeriousAccessibilityFinding()
    {
        var server = await ServerAsync();
        var id = await server.StartLongRunAsync();
        var page = await OpenAsync($"/train?run={id}", new() { ColorScheme = ColorScheme.Dark });
        await Eventually.GetAsync("a map is shown", () => MapStepAsync(page), step => step >= 0);
        await server.CommandAsync(id, "pause");
        await Expect(MainCommand(page)).ToHaveTextAsync("Resume");

        var findings = await AccessibilityTests.SeriousFindingsAsync(page);
        await server.CommandAsync(id, "stop");

        Assert.True(findings.Count == 0, string.Join("\n", findings));
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using VitLab.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace VitLab.Tests.Browser;

/// <summary>The live page with a real training behind it.</summary>
public partial class TrainPageTests(BrowserFixture fixture, LabFixture lab) : BrowserTest(fixture, lab)
{
    // A first run also makes its pen digits; on two busy cores that takes a while.
    private const float Patience = 90_000;

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
        await Eventually.GetAsync("the loss on the page halves", () => LossAsync(page), loss => loss < 0.5 * firstLoss, seconds: 90);
        await Eventually.GetAsync("a later map is shown", () => MapStepAsync(page), step => step > firstMapStep, seconds: 30);
        Assert.NotEqual(firstMap, await MapAsync(page));

        await MainCommand(page).ClickAsync();
        await Expect(MainCommand(page)).ToHaveTextAsync("Resume");
        var server = await ServerAsync();
        var id = RunId(page);
        var pausedAt = (await server.RunAsync(id)).Step();
        await Expect(Live(page)).ToHaveAttributeAsync("data-step", $"{pausedAt}");

        await page.ReloadAsync();
        await Expect(MainCommand(page)).ToHaveTextAsync("Resume");
        await Expect(Live(page)).ToHaveAttributeAsync("data-step", $"{pausedAt}");
        Assert.True(await LossAsync(page) < 0.5 * firstLoss, "After the reload the curve has its history again.");

        await MainCommand(page).ClickAsync();
        await Expect(MainCommand(page)).ToHaveTextAsync("Pause");
        await Eventually.GetAsync("steps go on", () => StepAsync(page), step => step > pausedAt + 20, seconds: 30);

        await page.GetByRole(AriaRole.Button, new() { Name = "Stop", Exact = true }).ClickAsync();
        await Expect(page.Locator(".page.train")).ToHaveAttributeAsync("data-state", "Stopped");
        Assert.Equal("stopped", (await server.RunAsync(id)).State());
    }

    [Fact]
    public async Task TwoTabs_OnOneRun_Agree()
    {
        var server = await ServerAsync();
        var id = await server.StartLongRunAsync();
        var (first, second) = (await OpenAsync($"/train?run={id}"), await OpenAsync($"/train?run={id}"));
        foreach (var page in new[] { first, second })
        {
            await Eventually.GetAsync("both tabs see steps", () => StepAsync(page), step => step > 0, seconds: 90);
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
        await Expect(first.Locator(".page.train")).ToHaveAttributeAsync("data-state", "Stopped");
    }

    [Fact]
    public async Task AttentionMap_APatchClicked_ShowsWhatItAttendsToAndWhoAttendsToIt()
    {
        var server = await ServerAsync();
        var id = await server.StartLongRunAsync();
        var page = await OpenAsync($"/train?run={id}");
        await Eventually.GetAsync("a map is shown", () => MapStepAsync(page), step => step >= 0, seconds: 90);
        await MainCommand(page).ClickAsync();
        await Expect(MainCommand(page)).ToHaveTextAsync("Resume");
        var step = (await server.RunAsync(id)).Step();
        await Expect(page.Locator("[data-part='probes']")).ToHaveAttributeAsync("data-step", $"{step}");
        var ofCls = await MapAsync(page);
        var box = (await page.Locator("[data-part='map']").BoundingBoxAsync())!;
        var patch = new Position { X = box.Width * 0.375f, Y = box.Height * 0.375f };   // the middle of the patch in column 2, row 2 of 4

        await page.Locator("[data-part='map']").ClickAsync(new() { Position = patch });
        await Expect(page.Locator("[data-part='query-cls']")).ToHaveAttributeAsync("aria-pressed", "false");
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
        await Eventually.GetAsync("a map is shown", () => MapStepAsync(page), step => step >= 0, seconds: 90);
        await server.CommandAsync(id, "pause");
        await Expect(MainCommand(page)).ToHaveTextAsync("Resume");

        var findings = await AccessibilityTests.SeriousFindingsAsync(page);
        await server.CommandAsync(id, "stop");

        Assert.True(findings.Count == 0, string.Join("\n", findings));
    }

    private static ILocator MainCommand(IPage page) => page.Locator(".main-command");

    private static ILocator Live(IPage page) => page.Locator("[data-step][data-state]");

    private static string RunId(IPage page) => new Uri(page.Url).Query["?run=".Length..];

    private static async Task<long> StepAsync(IPage page) => long.Parse((await Live(page).GetAttributeAsync("data-step"))!, CultureInfo.InvariantCulture);

    /// <summary>Step of the weights whose attention is shown; -1 before the first map.</summary>
    private static async Task<long> MapStepAsync(IPage page) =>
        long.TryParse(await page.Locator("[data-part='map']").GetAttributeAsync("data-step"), CultureInfo.InvariantCulture, out var step) ? step : -1;

    /// <summary>The newest smoothed training loss, as the line above the chart says it; waits until there is one.</summary>
    private static async Task<double> LossAsync(IPage page)
    {
        var readout = page.Locator("[data-part='loss-readout']");
        await Expect(readout).ToHaveTextAsync(TrainingLoss(), new() { Timeout = Patience });
        return double.Parse(TrainingLoss().Match(await readout.InnerTextAsync()).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>The large map's pixels; waits until there is one.</summary>
    private static async Task<string> MapAsync(IPage page)
    {
        await Expect(page.Locator("[data-part='map']")).ToHaveAttributeAsync("data-step", new Regex("^[0-9]+$"), new() { Timeout = Patience });
        return await page.Locator("[data-part='map-heat']").EvaluateAsync<string>("canvas => canvas.toDataURL()");
    }

    private static Task<string[]> ReadingsAsync(IPage page) =>
        page.Locator("[data-part='probes'] [data-probe]").EvaluateAllAsync<string[]>("tiles => tiles.map(tile => tile.textContent)");

    [GeneratedRegex(@"training (\d+\.\d+)")]
    private static partial Regex TrainingLoss();
}

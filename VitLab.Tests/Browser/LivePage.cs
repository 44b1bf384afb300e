using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace VitLab.Tests.Browser;

/// <summary>What a person sees on the live page, by name.</summary>
internal static partial class LivePage
{
    /// <summary>Milliseconds for the first sign of life: a first run also makes its pen digits, and two cores may be busy.</summary>
    public const float Patience = BrowserFixture.Patience;

    public static ILocator MainCommand(IPage page) => page.Locator(".main-command");

    public static ILocator Live(IPage page) => page.Locator("[data-step][data-state]");

    public static string RunId(IPage page) => new Uri(page.Url).Query["?run=".Length..];

    public static async Task<long> StepAsync(IPage page) => long.Parse((await Live(page).GetAttributeAsync("data-step"))!, CultureInfo.InvariantCulture);

    /// <summary>Step of the weights whose attention is shown; -1 before the first map.</summary>
    public static async Task<long> MapStepAsync(IPage page) =>
        long.TryParse(await page.Locator("[data-part='map']").GetAttributeAsync("data-step"), CultureInfo.InvariantCulture, out var step) ? step : -1;

    /// <summary>The newest smoothed training loss, as the line above the chart says it; waits until there is one.</summary>
    public static Task<double> LossAsync(IPage page) => LossAsync(page, TrainingLoss());

    /// <summary>The smoothed training loss of the newest step; waits until the chart, which draws at its own pace, has come to it.</summary>
    public static Task<double> LossAsync(IPage page, long step) => LossAsync(page, new Regex($"^step {step.ToString("N0", CultureInfo.InvariantCulture)} · {TrainingLoss()}"));

    private static async Task<double> LossAsync(IPage page, Regex line)
    {
        var readout = page.Locator("[data-part='loss-readout']");
        await Expect(readout).ToHaveTextAsync(line, new() { Timeout = Patience });
        return double.Parse(line.Match(await readout.InnerTextAsync()).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>The large map's pixels; waits until there is one.</summary>
    public static async Task<string> MapAsync(IPage page)
    {
        await Expect(page.Locator("[data-part='map']")).ToHaveAttributeAsync("data-step", new Regex("^[0-9]+$"), new() { Timeout = Patience });
        return await page.Locator("[data-part='map-image']").EvaluateAsync<string>("canvas => canvas.toDataURL()");
    }

    /// <summary>The pixels of every layer's and head's small map.</summary>
    public static Task<string> SmallMapsAsync(IPage page) => page.Locator(".head-maps").First.EvaluateAsync<string>("canvas => canvas.toDataURL()");

    public static Task<string[]> ReadingsAsync(IPage page) =>
        page.Locator("[data-part='probes'] [data-probe]").EvaluateAllAsync<string[]>("tiles => tiles.map(tile => tile.textContent)");

    [GeneratedRegex(@"training (\d+\.\d+)")]
    private static partial Regex TrainingLoss();
}

using System.Globalization;
using Microsoft.Playwright;
using VitLab.Data;
using static Microsoft.Playwright.Assertions;

namespace VitLab.Tests.Browser;

/// <summary>
/// How long a hand waits: from its movement to the painted answer with its maps, as the grid page itself measures it (User Timing). Prints and
/// asserts no speed; docs/benchmarks.md says how to run it.
/// </summary>
public class AnswerLatencyBenchmark(BrowserFixture fixture, LabFixture lab, ITestOutputHelper output) : BrowserTest(fixture, lab)
{
    private const int Grids = 3, Enough = 100;

    private static readonly string[] s_readers = ["grid-heads", "grid-transcriber"];

    [Fact(Explicit = true)]
    public async Task Grid_DrawnByHand_IsAnsweredByBothReaders()
    {
        var page = await OpenAsync("/grid?grid-heads=grid-heads&grid-transcriber=grid-transcriber", new() { ViewportSize = new() { Width = 1280, Height = 900 } });
        await Expect(page.Locator(".grid-board")).ToHaveAttributeAsync("data-ready", "true");
        await page.EvaluateAsync(
            """
            () => {
                window.answers = {};
                new PerformanceObserver(list => list.getEntries().forEach(entry => (window.answers[entry.name] ??= []).push(entry.duration))).observe({ type: 'measure' });
            }
            """);

        for (var seed = 0; seed <= Grids; seed++)
        {
            await Hand.DrawAsync(page, page.GetByLabel("Drawing canvas"), PenDigits.DrawGrid([seed % 10, (seed + 3) % 10, (seed + 5) % 10, (seed + 8) % 10], 2, 2, seed));
            if (seed == 0) await page.EvaluateAsync("() => { window.answers = {}; }");   // the first grid warms up browser and server
            await page.Keyboard.PressAsync("Shift+Delete");
            await Expect(page.Locator("[data-part='agreement']")).ToHaveTextAsync("Nothing drawn");
        }

        foreach (var reader in s_readers)
        {
            var waits = await page.EvaluateAsync<double[]>("name => window.answers[name] ?? []", $"answer {reader}");
            Array.Sort(waits);
            Assert.True(waits.Length >= Enough, $"{reader} answered {waits.Length} times");
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{reader}: p50 {At(waits, 0.5):0} ms, p99 {At(waits, 0.99):0} ms of {waits.Length} answers"));
        }
    }

    private static double At(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];
}

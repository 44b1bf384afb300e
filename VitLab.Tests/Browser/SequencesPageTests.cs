using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using VitLab.Data;
using VitLab.Tests.Support;
using VitLab.Vision;
using static Microsoft.Playwright.Assertions;

namespace VitLab.Tests.Browser;

/// <summary>
/// An anchor and a sequence, sampled or drawn, about which four models are asked at once. Weights are the shipped ones and, where a reader has none, those
/// of a run of a few steps: what they say may be wrong, but it must be said, follow the hand, and be judged by what is known.
/// </summary>
public class SequencesPageTests(BrowserFixture fixture, LabFixture lab) : BrowserTest(fixture, lab)
{
    private static readonly string[] s_experiments = ["sequence-sum", "anchor-in-sequence"], s_presets = ["transformer", "fully-connected"];

    private static readonly int[] s_digits = [7, 3, 7, 1];

    [Fact]
    public async Task Sample_ASequenceAndAnAnchor_IsAnsweredByFourAndJudged()
    {
        var page = await OpenSequencesAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await Expect(Truth(page, "sequence-sum")).ToHaveTextAsync("Draw a digit of the sequence");

        await page.GetByRole(AriaRole.Button, new() { Name = "Sample a sequence and an anchor" }).ClickAsync();

        await Expect(Truth(page, "sequence-sum")).ToHaveTextAsync(new Regex("(= |It is )[0-9]+$"));
        await Expect(Truth(page, "anchor-in-sequence")).ToHaveTextAsync(new Regex("^There is (a|no) [0-9]"));
        var sum = Regex.Match(await Truth(page, "sequence-sum").InnerTextAsync(), "[0-9]+$").Value;
        var answer = (await Truth(page, "anchor-in-sequence").InnerTextAsync()).StartsWith("There is no", StringComparison.Ordinal) ? "absent" : "present";
        foreach (var (task, truth) in new[] { ("sequence-sum", sum), ("anchor-in-sequence", answer) })
        {
            foreach (var preset in s_presets)
            {
                var reader = Reader(page, task, preset);
                await Expect(Verdict(reader)).ToHaveTextAsync(new Regex("^(✓ right|✗ wrong)$"));
                Assert.Equal(await Value(reader).InnerTextAsync() == truth, await Verdict(reader).InnerTextAsync() == "✓ right");
                await Expect(Sure(reader)).ToHaveTextAsync(new Regex(@"[0-9.]+\s%"));
            }
        }

        await Expect(Reader(page, "sequence-sum", "transformer").Locator(".scale-field path")).ToHaveAttributeAsync("d", new Regex("^M0 1V"));
        await Expect(page.Locator("[data-task='sequence-sum'] [data-part='said']")).ToHaveTextAsync(new Regex("^Transformer: [0-9]+, .* sure, (right|wrong). Fully connected: "));
        var findings = await AccessibilityTests.SeriousFindingsAsync(page);
        Assert.True(findings.Count == 0, string.Join("\n", findings));
    }

    [Fact]
    public async Task Mouse_DrawingIntoAnImage_ChangesTheAnswersAndNobodyKnowsTheTruthAnyMore()
    {
        var page = await OpenSequencesAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await page.GetByRole(AriaRole.Button, new() { Name = "Put in a 6" }).ClickAsync();
        await Expect(Truth(page, "sequence-sum")).ToHaveTextAsync("It is 6");
        var (transformer, baseline) = (Reader(page, "sequence-sum", "transformer"), Reader(page, "sequence-sum", "fully-connected"));
        await Expect(Sure(transformer)).ToHaveTextAsync(new Regex("±"));
        await Expect(Sure(baseline)).ToHaveTextAsync(new Regex("±"));
        var before = await Sure(transformer).InnerTextAsync();
        await CountAnswersAsync(page);

        var strip = PenDigits.DrawGrid([.. Enumerable.Repeat(GridComposer.Empty, 4), 8, .. Enumerable.Repeat(GridComposer.Empty, 6)], 1, 11, seed: 1);
        await Hand.MoveAlongAsync(page, Canvas(page), strip, strip.Strokes[0]);

        foreach (var preset in s_presets) await AnsweredAsync(page, $"sequence-sum-{preset}");   // while the hand still moves
        await page.Mouse.UpAsync();
        await Expect(Badge(page, "Image 4")).ToBeCheckedAsync();
        await Expect(Truth(page, "sequence-sum")).ToBeEmptyAsync();
        await Expect(Verdict(transformer)).ToBeEmptyAsync();
        await Expect(Truth(page, "anchor-in-sequence")).ToHaveTextAsync("Draw an anchor");
        await Expect(Value(Reader(page, "anchor-in-sequence", "transformer"))).ToHaveTextAsync("–");

        await page.Keyboard.PressAsync("Control+z");
        await Expect(Truth(page, "sequence-sum")).ToHaveTextAsync("It is 6");
        await Expect(Sure(transformer)).ToHaveTextAsync(before);
    }

    [Fact]
    public async Task Looks_OfBothTransformers_AreShownOverTheImages()
    {
        var page = await OpenSequencesAsync();
        await ImportAsync(page, s_digits);
        var (sum, anchor) = (page.Locator("[data-task='sequence-sum']"), page.Locator("[data-task='anchor-in-sequence']"));
        await sum.Locator("[data-part='looks']").ScrollIntoViewIfNeededAsync();

        await Expect(sum.Locator("[data-part='map-caption']")).ToHaveTextAsync(new Regex("^What the mean of all images attends to "));
        var map = sum.Locator("[data-part='map']");
        var box = (await map.BoundingBoxAsync())!;
        Assert.InRange(box.Width / box.Height, 9.5, 10.5);                        // a patch for each image
        await map.ClickAsync(new() { Position = new() { X = box.Width * 0.25f, Y = box.Height / 2 } });
        await Expect(sum.Locator("[data-part='map-caption']")).ToHaveTextAsync(new Regex("^What image 3 attends to "));
        await sum.GetByRole(AriaRole.Button, new() { Name = "attended by" }).ClickAsync();
        await Expect(sum.Locator("[data-part='map-caption']")).ToHaveTextAsync(new Regex("^Who attends to image 3 "));
        await sum.Locator(".head-map").First.ClickAsync();
        await Expect(sum.Locator("[data-part='map-caption']")).ToHaveTextAsync("Who attends to image 3 (layer 1, head 1)");

        await anchor.Locator("[data-part='looks']").ScrollIntoViewIfNeededAsync();
        await Expect(anchor.Locator("[data-part='cross-caption']")).ToHaveTextAsync(new Regex(@"^The anchor looks most at image [123], [0-9.]+\s%$"));
        await anchor.Locator(".head-map").First.ClickAsync();
        await Expect(anchor.Locator("[data-part='cross-map']")).ToHaveAttributeAsync("aria-label", new Regex("^The anchor looks most at image [123], .*, layer 1, head 1"));
        var findings = await AccessibilityTests.SeriousFindingsAsync(page);
        Assert.True(findings.Count == 0, string.Join("\n", findings));
    }

    [Fact]
    public async Task Keyboard_Alone_ChoosesMovesDrawsAndClears()
    {
        var page = await OpenSequencesAsync(new() { ReducedMotion = ReducedMotion.Reduce });

        await page.Keyboard.PressAsync("0");
        await Expect(Badge(page, "Image 10")).ToBeCheckedAsync();
        await page.Keyboard.PressAsync("a");
        await Expect(Badge(page, "Anchor")).ToBeCheckedAsync();
        await Badge(page, "Anchor").FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(Badge(page, "Image 1")).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Space");
        for (var step = 0; step < 18; step++)
        {
            await page.Keyboard.PressAsync("ArrowDown");
        }

        await page.Keyboard.PressAsync("Space");
        await Expect(Value(Reader(page, "sequence-sum", "transformer"))).ToHaveTextAsync(new Regex("^[0-9]+$"));
        await Expect(Truth(page, "anchor-in-sequence")).ToHaveTextAsync("Draw an anchor");

        await page.Keyboard.PressAsync("c");
        await page.Keyboard.PressAsync("a");
        await Expect(Value(Reader(page, "anchor-in-sequence", "transformer"))).ToHaveTextAsync(new Regex("^(absent|present)$"));

        await page.Keyboard.PressAsync("g");
        await Expect(Truth(page, "anchor-in-sequence")).ToHaveTextAsync(new Regex("^There is "));

        await page.Keyboard.PressAsync("Shift+Delete");
        await Expect(Truth(page, "anchor-in-sequence")).ToHaveTextAsync("Draw an anchor and a digit of the sequence");
        await Expect(page.Locator(".reader-value")).ToHaveTextAsync(["–", "–", "–", "–"]);
    }

    [Fact]
    public async Task Reload_KeepsTheDrawingAndWhatItsSamplesAre()
    {
        var page = await OpenSequencesAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await page.Keyboard.PressAsync("g");
        await Expect(Truth(page, "sequence-sum")).ToHaveTextAsync(new Regex("(= |It is )[0-9]+$"));
        var truth = await Truth(page, "sequence-sum").InnerTextAsync();

        await page.ReloadAsync();

        await Expect(Truth(page, "sequence-sum")).ToHaveTextAsync(truth);
        await Expect(Value(Reader(page, "sequence-sum", "transformer"))).ToHaveTextAsync(new Regex("^[0-9]+$"));
    }

    [Fact]
    public async Task Phone_TheSequenceInRowsOfFive_IsTheSameToItsReaders()
    {
        var page = await OpenSequencesAsync();
        await ImportAsync(page, s_digits);
        var readers = s_experiments.SelectMany(task => s_presets.Select(preset => Sure(Reader(page, task, preset)))).ToList();
        foreach (var reader in readers)
        {
            await Expect(reader).ToHaveTextAsync(new Regex("sure$"));
        }

        var before = await Task.WhenAll(readers.Select(reader => reader.InnerTextAsync()));
        await page.SetViewportSizeAsync(390, 844);

        await Eventually.GetAsync("the canvas has rows of five", async () => (await Canvas(page).BoundingBoxAsync())!, box => Math.Abs((box.Width / box.Height) - (5f / 3)) < 0.05);
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        await page.ReloadAsync();
        foreach (var (reader, words) in readers.Zip(before))
        {
            await Expect(reader).ToHaveTextAsync(words);
        }
    }

    private async Task<IPage> OpenSequencesAsync(BrowserNewContextOptions? options = null)
    {
        await TrainMissingAsync();
        options ??= new BrowserNewContextOptions();
        options.ViewportSize ??= new() { Width = 1280, Height = 900 };
        var page = await OpenAsync("/sequences", options);
        await Expect(page.Locator(".sequence-board")).ToHaveAttributeAsync("data-ready", "true");   // from here on a hand is heard
        return page;
    }

    /// <summary>From now on every answer is counted, by the reader that gave it: what it says may stay the same, because half an 8 is a 0 and adds nothing.</summary>
    private static async Task CountAnswersAsync(IPage page) => await page.EvaluateAsync(
        """
        () => {
            window.answers = {};
            new PerformanceObserver(list => list.getEntries().forEach(({ name }) => (window.answers[name] = (window.answers[name] ?? 0) + 1))).observe({ type: 'measure' });
        }
        """);

    private static async Task AnsweredAsync(IPage page, string reader) => await page.WaitForFunctionAsync("name => window.answers[name] > 0", $"answer {reader}");

    /// <summary>Readers for which no weights ship get those of a run of a few steps.</summary>
    private async Task TrainMissingAsync()
    {
        var server = await ServerAsync();
        var known = (await server.GetAsync("/api/weights")).EnumerateArray().Select(choice => (choice.GetProperty("experiment").GetString(), choice.GetProperty("preset").GetString())).ToList();
        foreach (var (experiment, preset) in s_experiments.SelectMany(experiment => s_presets.Select(preset => (experiment, preset))).Where(reader => !known.Contains(reader)))
        {
            var run = await server.PostAsync("/api/runs", new { experiment, preset, options = new { data = "pen", epochs = 1, samplesPerEpoch = 512, batchSize = 64 } });
            await server.WaitForRunAsync(run.GetProperty("id").GetString()!, $"{experiment} {preset} is trained", run => run.State() == "completed", seconds: 180);
        }
    }

    /// <summary>The first digit is the anchor, the others are the first images of the sequence.</summary>
    private static async Task ImportAsync(IPage page, int[] digits)
    {
        var strip = PenDigits.DrawGrid([.. digits, .. Enumerable.Repeat(GridComposer.Empty, 11 - digits.Length)], 1, 11, seed: 1);
        await page.Locator("[data-part='file']").SetInputFilesAsync(new FilePayload { Name = "drawing.jsonl", MimeType = "application/jsonl", Buffer = Encoding.UTF8.GetBytes(DrawingFile.Format(strip)) });
    }

    private static ILocator Canvas(IPage page) => page.GetByLabel("Drawing canvas");

    private static ILocator Badge(IPage page, string name) => page.GetByRole(AriaRole.Radio, new() { NameRegex = new Regex($"^{name}$", RegexOptions.IgnoreCase) });

    private static ILocator Truth(IPage page, string task) => page.Locator($"[data-task='{task}'] [data-part='truth']");

    private static ILocator Reader(IPage page, string task, string preset) => page.Locator($"[data-reader='{task}-{preset}']");

    private static ILocator Value(ILocator reader) => reader.Locator("[data-part='value']");

    private static ILocator Verdict(ILocator reader) => reader.Locator("[data-part='verdict']");

    private static ILocator Sure(ILocator reader) => reader.Locator("[data-part='sure']");
}

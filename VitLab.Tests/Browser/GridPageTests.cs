using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using VitLab.Data;
using VitLab.Vision;
using static Microsoft.Playwright.Assertions;

namespace VitLab.Tests.Browser;

/// <summary>Four digits drawn at once, read side by side by the checkpoints that ship with the lab.</summary>
public class GridPageTests(BrowserFixture fixture, LabFixture lab) : BrowserTest(fixture, lab)
{
    private static readonly int[] s_digits = [3, 1, 7, 2];

    [Fact]
    public async Task Mouse_FourDigitsDrawn_AreReadByBothAndSteppedThrough()
    {
        var page = await OpenGridAsync();
        await Expect(Agreement(page)).ToHaveTextAsync("Nothing drawn");

        await Hand.DrawAsync(page, Canvas(page), Grid(s_digits));

        await Expect(Agreement(page)).ToHaveTextAsync("Both read 3 1 7 2");
        await Expect(Tiles(page)).ToHaveTextAsync(s_digits.Select(digit => new Regex($"column [12]: {digit} ?[0-9.]+")));
        await Expect(Tokens(page)).ToHaveTextAsync([new Regex("^1 *3"), new Regex("^2 *1"), new Regex("^3 *7"), new Regex("^4 *2"), new Regex("end")]);
        var caption = page.Locator("[data-part='cross-caption']");
        await Expect(page.Locator(".path-mark")).ToHaveCountAsync(4);

        await Tokens(page).Nth(2).ClickAsync();
        await Expect(caption).ToHaveTextAsync(new Regex("^Step 3 of 5, emits 7, looks "));
        await Expect(Cell(page, 3)).ToHaveClassAsync(new Regex("pointed.*chosen"));
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Likeliest tokens" }).GetByRole(AriaRole.Listitem).First).ToHaveTextAsync(new Regex("^7"));

        await page.GetByRole(AriaRole.Slider, new() { Name = "Step" }).PressAsync("End");
        await Expect(caption).ToHaveTextAsync(new Regex("^Step 5 of 5, finishes"));
        await Expect(page.Locator(".cell.pointed")).ToHaveCountAsync(0);

        await Tiles(page).Nth(1).HoverAsync();
        await Expect(Cell(page, 2)).ToHaveClassAsync(new Regex("pointed"));
        var findings = await AccessibilityTests.SeriousFindingsAsync(page);
        Assert.True(findings.Count == 0, string.Join("\n", findings));
    }

    [Fact]
    public async Task Mouse_StillDown_IsAnsweredWhileDrawing()
    {
        var page = await OpenGridAsync();
        var drawing = Grid([8, GridComposer.Empty, GridComposer.Empty, GridComposer.Empty]);

        await Hand.MoveAlongAsync(page, Canvas(page), drawing, drawing.Strokes[0]);

        await Expect(Tiles(page).First).ToHaveTextAsync(new Regex(": [0-9] "));
        await Expect(Tiles(page).Nth(1)).ToHaveAccessibleNameAsync(new Regex("nothing drawn"));
        await page.Mouse.UpAsync();
    }

    [Fact]
    public async Task Cells_ClearedSwappedCopiedAndDragged_AreReadInTheirNewPlaces()
    {
        var page = await OpenGridAsync();
        await ImportAsync(page, Grid(s_digits));
        await Expect(Agreement(page)).ToHaveTextAsync("Both read 3 1 7 2");

        await Badge(page, 1).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Swap" }).ClickAsync();
        await Cell(page, 4).ClickAsync();
        await Expect(Agreement(page)).ToHaveTextAsync("Both read 2 1 7 3");

        await DragAsync(page, Badge(page, 1), Cell(page, 2));
        await Expect(Agreement(page)).ToHaveTextAsync("Both read 1 2 7 3");

        await page.Keyboard.PressAsync("c");                          // dragged onto cell 2, it is the chosen one
        await page.Keyboard.PressAsync("3");
        await Expect(Agreement(page)).ToHaveTextAsync("Both read 1 2 2 3");

        await page.Keyboard.PressAsync("Delete");
        await Expect(Agreement(page)).ToHaveTextAsync("Both read 1 2 3");
        await Expect(Tiles(page).Nth(2)).ToHaveAccessibleNameAsync("cell 3, row 2, column 1: nothing drawn");

        for (var change = 0; change < 4; change++)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).First.ClickAsync();
        }

        await Expect(Agreement(page)).ToHaveTextAsync("Both read 3 1 7 2");
    }

    [Fact]
    public async Task Keyboard_Alone_ChoosesDrawsFillsAndCorrects()
    {
        var page = await OpenGridAsync();

        await page.Keyboard.PressAsync("2");
        await Expect(Badge(page, 2)).ToBeCheckedAsync();
        await Badge(page, 2).FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(Badge(page, 4)).ToBeCheckedAsync();
        await Expect(Badge(page, 4)).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Space");
        for (var step = 0; step < 18; step++)
        {
            await page.Keyboard.PressAsync("ArrowDown");
        }

        await page.Keyboard.PressAsync("Space");
        await Expect(Agreement(page)).ToHaveTextAsync("Both read 1");
        await Expect(Tiles(page).Nth(3)).ToHaveTextAsync(new Regex(": 1 "));

        await page.Keyboard.PressAsync("3");
        await page.Keyboard.PressAsync("r");
        await Expect(Tiles(page).Nth(2)).ToHaveTextAsync(new Regex(": [0-9] "));

        await page.Keyboard.PressAsync("4");
        await page.Keyboard.PressAsync("n");
        await page.Keyboard.PressAsync("7");
        await Expect(page.GetByText("Kept as a 7.")).ToBeVisibleAsync();
        var kept = (await (await ServerAsync()).GetAsync("/api/corrections")).EnumerateArray().Last();
        Assert.Equal(280, kept.GetProperty("width").GetInt32());
        Assert.Equal(1, kept.GetProperty("readAs").GetInt32());
    }

    [Fact]
    public async Task Samples_PutIntoCells_AreUndoneAsOneStep()
    {
        var page = await OpenGridAsync(new() { ReducedMotion = ReducedMotion.Reduce });

        await page.GetByRole(AriaRole.Button, new() { Name = "Put in a 6" }).ClickAsync();
        await Expect(Tiles(page).First).ToHaveTextAsync(new Regex(": [0-9] "));
        await page.GetByRole(AriaRole.Button, new() { Name = "Fill all" }).ClickAsync();
        await Expect(Tokens(page)).ToHaveCountAsync(5);

        await page.Keyboard.PressAsync("Control+z");
        await Expect(page.Locator(".cell-tile:not(.silent)")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Control+z");
        await Expect(Agreement(page)).ToHaveTextAsync("Nothing drawn");
        await page.Keyboard.PressAsync("Control+y");
        await Expect(page.Locator(".cell-tile:not(.silent)")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Reload_KeepsTheDrawingAndItsAnswers()
    {
        var page = await OpenGridAsync();
        await ImportAsync(page, Grid(s_digits));
        await Expect(Agreement(page)).ToHaveTextAsync("Both read 3 1 7 2");

        await page.ReloadAsync();

        await Expect(Agreement(page)).ToHaveTextAsync("Both read 3 1 7 2");
    }

    [Fact]
    public async Task Import_ASingleDigit_GoesIntoTheChosenCellAndAPoemIsRefused()
    {
        var page = await OpenGridAsync();
        await page.Keyboard.PressAsync("3");

        await ImportAsync(page, PenDigits.Draw(7, 1));
        await Expect(Tiles(page).Nth(2)).ToHaveTextAsync(new Regex(": 7 "));
        await Expect(page.Locator(".cell-tile:not(.silent)")).ToHaveCountAsync(1);

        await ImportAsync(page, "Shall I compare thee to a summer's day?");
        await Expect(page.Locator("[data-part='status']")).ToContainTextAsync("This is no drawings file");
        await ImportAsync(page, """{"width":560,"height":560,"strokes":[[1,2,3]]}""");
        await Expect(page.Locator("[data-part='status']")).ToContainTextAsync("strokes[0]: expected x0, y0, x1, y1");
    }

    [Fact]
    public async Task Upload_APictureOfFourDigits_IsRead()
    {
        var page = await OpenGridAsync();
        var picture = StrokeRasterizer.Rasterize(Grid(s_digits), 280, 280, brush: 0.04f);
        var paper = new GrayImage(280, 280, [.. picture.Pixels.Select(ink => (byte)(255 - ink))]);

        await page.Locator("[data-part='file']").SetInputFilesAsync(new FilePayload { Name = "four.png", MimeType = "image/png", Buffer = Png.Encode(paper) });

        await Expect(Agreement(page)).ToHaveTextAsync("Both read 3 1 7 2");
    }

    [Fact]
    public async Task Phone_ThePage_NeverScrollsSideways()
    {
        var page = await OpenGridAsync(new() { HasTouch = true, ViewportSize = new() { Width = 360, Height = 720 } });
        await ImportAsync(page, Grid(s_digits));
        await Expect(Agreement(page)).ToHaveTextAsync("Both read 3 1 7 2");

        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        var (canvas, agreement) = ((await Canvas(page).BoundingBoxAsync())!, (await Agreement(page).BoundingBoxAsync())!);
        Assert.True(canvas.Width > 320);
        Assert.InRange(agreement.Y - (canvas.Y + canvas.Height), 0, 40);      // what is read stands right below the canvas
    }

    private async Task<IPage> OpenGridAsync(BrowserNewContextOptions? options = null)
    {
        options ??= new BrowserNewContextOptions();
        options.ViewportSize ??= new() { Width = 1280, Height = 900 };
        var page = await OpenAsync("/grid?grid-heads=grid-heads&grid-transcriber=grid-transcriber", options);
        await Expect(page.Locator(".grid-board")).ToHaveAttributeAsync("data-ready", "true");   // from here on a hand is heard
        return page;
    }

    private static Drawing Grid(int[] digits) => PenDigits.DrawGrid(digits, 2, 2, seed: 1);

    private static ILocator Canvas(IPage page) => page.GetByLabel("Drawing canvas");

    private static ILocator Agreement(IPage page) => page.Locator("[data-part='agreement']");

    private static ILocator Tiles(IPage page) => page.Locator(".cell-tile");

    private static ILocator Tokens(IPage page) => page.GetByRole(AriaRole.Radiogroup, new() { Name = "Emitted tokens" }).GetByRole(AriaRole.Radio);

    private static ILocator Badge(IPage page, int cell) => page.Locator(".cell-badge").Nth(cell - 1);

    private static ILocator Cell(IPage page, int cell) => page.Locator(".cell").Nth(cell - 1);

    private static Task ImportAsync(IPage page, Drawing drawing) => ImportAsync(page, DrawingFile.Format(drawing));

    private static Task ImportAsync(IPage page, string line) =>
        page.Locator("[data-part='file']").SetInputFilesAsync(new FilePayload { Name = "drawing.jsonl", MimeType = "application/jsonl", Buffer = Encoding.UTF8.GetBytes(line) });

    private static async Task DragAsync(IPage page, ILocator from, ILocator to)
    {
        var (start, end) = ((await from.BoundingBoxAsync())!, (await to.BoundingBoxAsync())!);
        await page.Mouse.MoveAsync(start.X + (start.Width / 2), start.Y + (start.Height / 2));
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(end.X + (end.Width / 2), end.Y + (end.Height / 2), new() { Steps = 5 });
        await Expect(to).ToHaveClassAsync(new Regex("target"));
        await page.Mouse.UpAsync();
    }
}

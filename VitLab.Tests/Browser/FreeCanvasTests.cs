using System.Text.RegularExpressions;
using Microsoft.Playwright;
using VitLab.Vision;
using static Microsoft.Playwright.Assertions;
using static VitLab.Tests.Browser.FreeCanvas;

namespace VitLab.Tests.Browser;

/// <summary>Digits anywhere on the canvas as objects: the page follows its reader, here one that is the same every time.</summary>
public class FreeCanvasTests(BrowserFixture fixture, LabFixture lab) : BrowserTest(fixture, lab)
{
    [Fact]
    public async Task Mouse_ThreeDigits_ShowThreeBoxesTwoAfterOneIsDeletedAndNoneOnAnEmptyCanvas()
    {
        var page = await OpenCanvasAsync();
        await Expect(Reading(page)).ToHaveTextAsync("Nothing here");
        await Expect(Boxes(page)).ToHaveCountAsync(0);

        await DrawAsync(page, Counted);
        await Expect(Reading(page)).ToHaveTextAsync("3 digits: 1 2 3");
        await Expect(Boxes(page)).ToHaveCountAsync(3);
        await Expect(Names(page)).ToHaveTextAsync([new Regex("^Read as 1 90"), new Regex("^Read as 2 90"), new Regex("^Read as 3 90")]);

        await TapAsync(page, 55, 60);                             // on the box of the 2
        await Expect(Chosen(page)).ToHaveTextAsync("Read as 2");
        await page.Keyboard.PressAsync("Delete");
        await Expect(Reading(page)).ToHaveTextAsync("2 digits: 1 3");
        await Expect(Boxes(page)).ToHaveCountAsync(2);

        await page.GetByRole(AriaRole.Button, new() { Name = "140 × 140" }).ClickAsync();
        await Expect(page.Locator("[data-part='input']")).ToHaveTextAsync(new Regex("^140 × 140 px"));
        await ExpectPlaceAsync(page, 0, 15 - 1.1f, 20 - 1.1f);    // strokes stay where they are
        await Expect(Boxes(page)).ToHaveCountAsync(2);

        await page.Keyboard.PressAsync("Shift+Delete");
        await Expect(Reading(page)).ToHaveTextAsync("Nothing here");
        await Expect(page.Locator(".object")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Mouse_StillDown_IsAnsweredWhileDrawingAndBoxesChangeInPlace()
    {
        var page = await OpenCanvasAsync();
        await MoveAlongAsync(page, Counted[0]);
        await Expect(Reading(page)).ToHaveTextAsync("1 digit: 1");
        var first = await Names(page).First.ElementHandleAsync();

        await page.Mouse.UpAsync();
        await DrawAsync(page, [[15, 35, 22, 35]]);         // begins on the first one, so no answer takes it for a digit of its own

        await Expect(Reading(page)).ToHaveTextAsync("1 digit: 2");
        Assert.Matches("^Read as 2 ", await first.EvaluateAsync<string>("name => name.isConnected && name.textContent"));
    }

    [Fact]
    public async Task Objects_DraggedAndScaledByPointer_FollowTheHandAndAreUndoneStepByStep()
    {
        var page = await OpenCanvasAsync();
        await DrawAsync(page, Counted);
        await Expect(Reading(page)).ToHaveTextAsync("3 digits: 1 2 3");

        await ChooseAsync(page, 0);
        await DragAsync(page, Names(page).First, 60, 40);
        await ExpectPlaceAsync(page, 1, 75 - 1.1f, 60 - 1.1f);
        await Expect(Reading(page)).ToHaveTextAsync("3 digits: 2 1 3");
        await Expect(Chosen(page)).ToHaveTextAsync("Read as 1");

        var before = await PlaceAsync(page, 1);
        await DragAsync(page, page.Locator(".object.chosen .object-grip"), 10, 16);
        await ExpectTallerAsync(page, 1, before.Height * 1.3);
        await Expect(Chosen(page)).ToHaveTextAsync("Read as 1");

        await page.Keyboard.PressAsync("Control+z");
        await page.Keyboard.PressAsync("Control+z");
        await ExpectPlaceAsync(page, 0, 15 - 1.1f, 20 - 1.1f);
        await Expect(Reading(page)).ToHaveTextAsync("3 digits: 1 2 3");
    }

    [Fact]
    public async Task Keyboard_Alone_ChoosesMovesScalesDeletesAndCorrects()
    {
        var page = await OpenCanvasAsync();
        await DrawAsync(page, Counted);
        await Expect(Reading(page)).ToHaveTextAsync("3 digits: 1 2 3");

        await Canvas(page).FocusAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(Names(page).Nth(0)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(Names(page).Nth(1)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(Names(page).Nth(1)).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(Names(page).Nth(1)).ToHaveAccessibleNameAsync(new Regex("^Read as 2 90.% sure, 2 of 3$"));

        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Shift+ArrowDown");
        await ExpectPlaceAsync(page, 1, 45 - 1.1f, 56 - 1.1f);
        var before = await PlaceAsync(page, 1);
        await page.Keyboard.PressAsync("+");
        await page.Keyboard.PressAsync("+");
        await ExpectTallerAsync(page, 1, before.Height * 1.1);

        await page.Keyboard.PressAsync("n");
        await page.Keyboard.PressAsync("7");
        await Expect(page.GetByText("Kept as a 7.")).ToBeVisibleAsync();
        var kept = (await (await ServerAsync()).GetAsync("/api/corrections")).EnumerateArray().Last();
        Assert.Equal((7, 2, 280, 2), (kept.GetProperty("label").GetInt32(), kept.GetProperty("readAs").GetInt32(), kept.GetProperty("width").GetInt32(), kept.GetProperty("strokes").GetArrayLength()));

        await Names(page).Nth(1).FocusAsync();
        await page.Keyboard.PressAsync("Delete");
        await Expect(Reading(page)).ToHaveTextAsync("2 digits: 1 3");
        await Expect(Names(page).First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Control+z");
        await Expect(Reading(page)).ToHaveTextAsync("3 digits: 1 2 3");
    }

    [Fact]
    public async Task Marks_ReadAsNothing_ShowNoBoxAndCanStillBeNamed()
    {
        var page = await OpenCanvasAsync();

        await TapAsync(page, 30, 30);
        await Expect(Reading(page)).ToHaveTextAsync("Marks, but no digit found");
        await Expect(Boxes(page)).ToHaveCountAsync(0);
        await Expect(page.Locator(".object.marks .object-frame")).ToHaveCSSAsync("opacity", "0");

        await Canvas(page).FocusAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator(".object.marks .object-frame")).ToHaveCSSAsync("opacity", "1");
        await page.Keyboard.PressAsync("Enter");
        await Expect(Chosen(page)).ToHaveTextAsync("Read as nothing");
        await page.GetByRole(AriaRole.Button, new() { Name = "It is a 1" }).ClickAsync();
        await Expect(page.GetByText("Kept as a 1.")).ToBeVisibleAsync();
        var kept = (await (await ServerAsync()).GetAsync("/api/corrections")).EnumerateArray().Last();
        Assert.False(kept.TryGetProperty("readAs", out _));
    }

    [Fact]
    public async Task ShiftDrag_StrokesOfTwoBoxes_AreOneDigitToCorrect()
    {
        var page = await OpenCanvasAsync();
        await DrawAsync(page, [[20, 20, 20, 60], [40, 20, 40, 60]]);   // an 11 that is meant as something else
        await Expect(Reading(page)).ToHaveTextAsync("2 digits: 1 1");

        await page.Keyboard.DownAsync("Shift");
        await MoveAlongAsync(page, [8, 8, 60, 75]);
        await Expect(page.Locator("[data-part='marquee']")).ToBeVisibleAsync();
        await page.Mouse.UpAsync();
        await page.Keyboard.UpAsync("Shift");
        await page.GetByRole(AriaRole.Button, new() { Name = "It is a 4" }).ClickAsync();

        await Expect(page.GetByText("Kept as a 4.")).ToBeVisibleAsync();
        var kept = (await (await ServerAsync()).GetAsync("/api/corrections")).EnumerateArray().Last();
        Assert.Equal((4, 2), (kept.GetProperty("label").GetInt32(), kept.GetProperty("strokes").GetArrayLength()));
    }

    [Fact]
    public async Task Resize_SmallerThanTheDrawing_KeepsWhatLiesOutsideWithinReach()
    {
        var page = await OpenCanvasAsync();
        await DrawAsync(page, Counted);
        await Expect(Reading(page)).ToHaveTextAsync("3 digits: 1 2 3");
        var note = page.Locator("[data-part='outside']");
        await Expect(note).ToBeHiddenAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "56 × 56" }).ClickAsync();
        await Expect(note).ToContainTextAsync("1 digit lies outside the canvas");
        await Expect(page.Locator(".object.outside .object-name")).ToBeVisibleAsync();

        await Side(page, "height").FillAsync("100");
        await Side(page, "width").FillAsync("168");
        await Expect(note).ToBeHiddenAsync();
        await Expect(Reading(page)).ToHaveTextAsync("3 digits: 1 2 3");
        await ExpectPlaceAsync(page, 2, 85 - 1.1f, 15 - 1.1f);

        await page.GetByRole(AriaRole.Button, new() { Name = "56 × 56" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Bring in" }).ClickAsync();
        await Expect(note).ToBeHiddenAsync();
        await Expect(page.Locator(".object.outside")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Samples_ClickedAndDragged_LandWhereThereIsRoomAndWhereTheyAreDropped()
    {
        var page = await OpenCanvasAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await page.RouteAsync("**/api/pen-digits/1", route => route.FulfillAsync(new() { ContentType = "application/json", Body = DrawingFile.Format(new Drawing(280, 280, [[140, 40, 150, 240]])) }));   // always the same hand

        await page.GetByRole(AriaRole.Button, new() { Name = "Put in a 1" }).ClickAsync();
        await Expect(Boxes(page)).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Put in a 1" }).ClickAsync();
        await Expect(Boxes(page)).ToHaveCountAsync(2);
        var (first, second) = (await PlaceAsync(page, 0), await PlaceAsync(page, 1));
        Assert.True(first.X + first.Width <= second.X);

        var sample = (await page.GetByRole(AriaRole.Button, new() { Name = "Put in a 1" }).BoundingBoxAsync())!;
        var canvas = (await Canvas(page).BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(sample.X + 10, sample.Y + 10);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(canvas.X + (canvas.Width * 0.8f), canvas.Y + (canvas.Height * 0.15f), new() { Steps = 5 });
        await Expect(page.Locator(".desk-paper")).ToHaveClassAsync(new Regex("drop-ready"));
        await page.Mouse.UpAsync();
        await Expect(Boxes(page)).ToHaveCountAsync(3);
        var dropped = await PlaceAsync(page, 2);
        Assert.InRange(dropped.X + (dropped.Width / 2), 85, 95);
        Assert.InRange(dropped.Y + (dropped.Height / 2), 12, 22);

        await page.Keyboard.PressAsync("Control+z");
        await Expect(Boxes(page)).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Reload_KeepsTheDrawingAndTheSizeOfTheCanvas()
    {
        var page = await OpenCanvasAsync();
        await DrawAsync(page, Counted);
        await Side(page, "width").FillAsync("150");
        await Expect(page.Locator("[data-part='input']")).ToHaveTextAsync(new Regex("^154 × 112 px, patches of 7 px"));   // whole patches

        await page.ReloadAsync();

        await Expect(Reading(page)).ToHaveTextAsync("3 digits: 1 2 3");
        await Expect(Side(page, "width")).ToHaveValueAsync("150");
        await ExpectPlaceAsync(page, 1, 45 - 1.1f, 45 - 1.1f);
    }

    [Fact]
    public async Task PresenceMap_SwitchedOn_LiesOverTheCanvasAndIsRemembered()
    {
        var page = await OpenCanvasAsync();
        await DrawAsync(page, Counted);
        await Expect(Reading(page)).ToHaveTextAsync("3 digits: 1 2 3");
        var map = page.Locator("[data-part='presence']");
        await Expect(map).ToBeHiddenAsync();

        await page.Keyboard.PressAsync("p");

        await Expect(map).ToBeVisibleAsync();
        await Expect(page.Locator("[data-part='presence-legend']")).ToBeVisibleAsync();
        Assert.Equal(3, await map.EvaluateAsync<int>("map => [...map.getContext('2d').getImageData(0, 0, map.width, map.height).data].filter((alpha, index) => index % 4 === 3 && alpha > 100).length"));
        await page.ReloadAsync();
        await Expect(map).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Chosen_ADigit_IsAskedWhereThePatchInItsMiddleLooks()
    {
        var page = await OpenCanvasAsync(new() { ViewportSize = new() { Width = 1280, Height = 1500 } });
        await DrawAsync(page, Counted);
        var caption = page.Locator("[data-part='map-caption']");
        await Expect(caption).ToHaveTextAsync(new Regex("^What the mean of all patches attends to"));

        await ChooseAsync(page, 0);
        await Expect(caption).ToHaveTextAsync(new Regex("^What patch row 6, column 3 attends to"));   // (15, 35) px, patches of 7 px
        await page.Keyboard.PressAsync("Shift+ArrowRight");
        await Expect(caption).ToHaveTextAsync(new Regex("^What patch row 6, column 4 attends to"));
    }

    [Fact]
    public async Task Phone_ThePage_HasTheCanvasFirstAndNeverScrollsSideways()
    {
        var page = await OpenCanvasAsync(new() { HasTouch = true, ViewportSize = new() { Width = 360, Height = 720 } });
        await DrawAsync(page, Counted);
        await Expect(Reading(page)).ToHaveTextAsync("3 digits: 1 2 3");

        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        var (canvas, reading) = ((await Canvas(page).BoundingBoxAsync())!, (await Reading(page).BoundingBoxAsync())!);
        Assert.True(canvas.Width > 320);
        Assert.InRange(reading.Y - (canvas.Y + canvas.Height), 0, 40);      // what is read stands right below the canvas
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Page_WithDigitsFoundAndScenesOpen_HasNoSeriousFinding(ColorScheme scheme)
    {
        var page = await OpenCanvasAsync(new() { ColorScheme = scheme });
        await DrawAsync(page, Counted);
        await Expect(Reading(page)).ToHaveTextAsync("3 digits: 1 2 3");
        await ChooseAsync(page, 0);
        await Expect(Chosen(page)).ToHaveTextAsync("Read as 1");
        await page.GetByText("Scenes like those it learned from").ClickAsync();
        await Expect(page.Locator("[data-part='scene-words']")).ToHaveTextAsync(new Regex("^112 × 112 px"));

        var findings = await AccessibilityTests.SeriousFindingsAsync(page);
        Assert.True(findings.Count == 0, string.Join("\n", findings));
    }

    private async Task<IPage> OpenCanvasAsync(BrowserNewContextOptions? options = null)
    {
        options ??= new BrowserNewContextOptions();
        options.ViewportSize ??= new() { Width = 1280, Height = 900 };
        var weights = await WeightsAsync(await ServerAsync());
        var page = await OpenAsync($"/canvas?weights={weights}", options);
        await StrokeCounter.AnswerAsync(page);
        await Expect(page.Locator(".canvas-board")).ToHaveAttributeAsync("data-ready", "true");   // from here on a hand is heard
        return page;
    }
}

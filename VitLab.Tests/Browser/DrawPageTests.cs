using System.Text.RegularExpressions;
using Microsoft.Playwright;
using VitLab.Data;
using VitLab.Tests.Support;
using VitLab.Vision;
using static Microsoft.Playwright.Assertions;

namespace VitLab.Tests.Browser;

/// <summary>Drawing with mouse, finger and keyboard, read by the checkpoint that ships with the lab.</summary>
public class DrawPageTests(BrowserFixture fixture, LabFixture lab) : BrowserTest(fixture, lab)
{
    // A seven on a canvas of 1 × 1: along the top, then down to the left.
    private static readonly (float X, float Y)[] s_seven = [(0.28f, 0.22f), (0.72f, 0.22f), (0.45f, 0.8f)];

    [Fact]
    public async Task Mouse_ASevenDrawn_IsReadAsSevenAndClearedToSilence()
    {
        var page = await OpenDrawAsync();
        await Expect(Sure(page)).ToHaveTextAsync("Nothing drawn");

        await DrawAsync(page, s_seven);
        await Expect(Verdict(page)).ToHaveTextAsync("7");
        await Expect(Sure(page)).ToHaveTextAsync(new Regex("sure"));

        await page.GetByRole(AriaRole.Button, new() { Name = "Clear" }).ClickAsync();
        await Expect(Verdict(page)).ToBeEmptyAsync();
        await Expect(Sure(page)).ToHaveTextAsync("Nothing drawn");

        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(Verdict(page)).ToHaveTextAsync("7");
    }

    [Fact]
    public async Task Mouse_StillDown_IsAnsweredWhileDrawing()
    {
        var page = await OpenDrawAsync();
        await MoveAlongAsync(page, s_seven);

        await Expect(Verdict(page)).ToHaveTextAsync(new Regex("^[0-9]$"));
        await page.Mouse.UpAsync();
    }

    [Fact]
    public async Task Touch_ASevenDrawn_IsReadAndThePageStaysWhereItIs()
    {
        var page = await OpenDrawAsync(new() { HasTouch = true, ViewportSize = new() { Width = 420, Height = 640 } });
        await Canvas(page).ScrollIntoViewIfNeededAsync();
        var scroll = await page.EvaluateAsync<double>("() => scrollY");
        var session = await page.Context.NewCDPSessionAsync(page);
        var box = (await Canvas(page).BoundingBoxAsync())!;

        await TouchAsync(session, "touchStart", At(box, s_seven[0]));
        foreach (var point in Between(s_seven))
        {
            await TouchAsync(session, "touchMove", At(box, point));
        }

        await TouchAsync(session, "touchEnd");

        await Expect(Verdict(page)).ToHaveTextAsync("7");
        Assert.Equal(scroll, await page.EvaluateAsync<double>("() => scrollY"));
    }

    [Fact]
    public async Task Touch_TakenAwayByTheSystem_DiscardsTheStroke()
    {
        var page = await OpenDrawAsync(new() { HasTouch = true });
        var session = await page.Context.NewCDPSessionAsync(page);
        var box = (await Canvas(page).BoundingBoxAsync())!;
        await TouchAsync(session, "touchStart", At(box, s_seven[0]));
        foreach (var point in Between(s_seven))
        {
            await TouchAsync(session, "touchMove", At(box, point));
        }

        await TouchAsync(session, "touchCancel");

        await Expect(Sure(page)).ToHaveTextAsync("Nothing drawn");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Undo" })).ToBeDisabledAsync();
    }

    [Fact]
    public async Task Upload_APictureOfADigit_IsRead()
    {
        var page = await OpenDrawAsync();
        var picture = StrokeRasterizer.Rasterize(PenDigits.Draw(3, seed: 1), 120, 120, brush: 0.08f);
        var paper = new GrayImage(120, 120, [.. picture.Pixels.Select(ink => (byte)(255 - ink))]);

        await page.Locator("[data-part='file']").SetInputFilesAsync(new FilePayload { Name = "three.png", MimeType = "image/png", Buffer = Png.Encode(paper) });

        await Expect(Verdict(page)).ToHaveTextAsync("3");
    }

    [Fact]
    public async Task Pin_ADrawing_StandsOnTheWallOfProbesAndIsReadWhileARunTrains()
    {
        var server = await ServerAsync();
        var id = await server.StartLongRunAsync();
        var page = await OpenDrawAsync();
        await DrawAsync(page, s_seven);
        await page.GetByRole(AriaRole.Button, new() { Name = "Pin as probe" }).ClickAsync();
        await Expect(page.Locator("[data-part='status']")).ToContainTextAsync("Pinned");

        await page.GotoAsync($"/train?run={id}");
        await Expect(page.Locator("[data-part='probes'] [data-probe]")).ToHaveCountAsync(13);
        await Expect(page.Locator("[data-part='probes'] .pinned [data-probe]")).ToContainTextAsync(new Regex("read as [0-9]"));

        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Unpin") }).ClickAsync();
        await Expect(page.Locator("[data-part='probes'] [data-probe]")).ToHaveCountAsync(12);
        await server.CommandAsync(id, "stop");
    }

    [Fact]
    public async Task Home_FirstVisit_ShowsTheShippedModelReading()
    {
        var page = await OpenAsync("/");

        await Expect(page.Locator(".demo [data-part='verdict']")).ToHaveTextAsync(new Regex("^[0-9]$"));
    }

    private async Task<IPage> OpenDrawAsync(BrowserNewContextOptions? options = null)
    {
        var page = await OpenAsync("/draw", options);
        await page.GetByLabel("Weights that answer").SelectOptionAsync("single-digit");   // a run in training would answer otherwise
        await Expect(page.Locator(".draw-board")).ToHaveAttributeAsync("data-ready", "true");   // from here on a hand is heard
        return page;
    }

    private static ILocator Canvas(IPage page) => page.GetByLabel("Drawing canvas");

    private static ILocator Verdict(IPage page) => page.Locator("[data-part='verdict']");

    private static ILocator Sure(IPage page) => page.Locator("[data-part='sure']");

    private static async Task DrawAsync(IPage page, (float X, float Y)[] stroke)
    {
        await MoveAlongAsync(page, stroke);
        await page.Mouse.UpAsync();
    }

    private static async Task MoveAlongAsync(IPage page, (float X, float Y)[] stroke)
    {
        await Canvas(page).ScrollIntoViewIfNeededAsync();
        var box = (await Canvas(page).BoundingBoxAsync())!;
        var start = At(box, stroke[0]);
        await page.Mouse.MoveAsync(start.X, start.Y);
        await page.Mouse.DownAsync();
        foreach (var point in Between(stroke))
        {
            var (x, y) = At(box, point);
            await page.Mouse.MoveAsync(x, y);
        }
    }

    private static (float X, float Y) At(LocatorBoundingBoxResult box, (float X, float Y) point) => (box.X + (point.X * box.Width), box.Y + (point.Y * box.Height));

    /// <summary>Ten points along each side of the stroke, as a hand's events come.</summary>
    private static IEnumerable<(float X, float Y)> Between((float X, float Y)[] stroke) =>
        from side in stroke.Zip(stroke.Skip(1))
        from i in Enumerable.Range(1, 10)
        let t = i / 10f
        select (side.First.X + (t * (side.Second.X - side.First.X)), side.First.Y + (t * (side.Second.Y - side.First.Y)));

    private static async Task TouchAsync(ICDPSession session, string type, params (float X, float Y)[] points) =>
        await session.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = type, ["touchPoints"] = points.Select(point => new { x = point.X, y = point.Y }).ToArray() });
}

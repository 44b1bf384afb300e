using System.Text;
using Microsoft.Playwright;
using VitLab.Tests.Support;
using VitLab.Vision;
using static Microsoft.Playwright.Assertions;

namespace VitLab.Tests.Browser;

/// <summary>The free canvas as a person sees and touches it; places are in pixels of the model.</summary>
internal static class FreeCanvas
{
    /// <summary>Three digits to the <see cref="StrokeCounter"/>: a 1, a 2 and a 3, from left to right.</summary>
    public static IReadOnlyList<float[]> Counted { get; } =
    [
        [15, 20, 15, 50],
        [45, 60, 65, 60], [55, 45, 55, 75],
        [85, 20, 100, 20], [85, 35, 100, 35], [92, 15, 92, 45],
    ];

    /// <summary>Weights that can be asked for, though they have hardly learned anything.</summary>
    public static async Task<string> WeightsAsync(LabServer server)
    {
        var known = (await server.GetAsync("/api/runs")).EnumerateArray().FirstOrDefault(run => run.GetProperty("experiment").GetString() == "free-layout");
        if (known.ValueKind == System.Text.Json.JsonValueKind.Object) return known.GetProperty("id").GetString()!;
        var id = await StartAsync(server);
        await server.WaitForRunAsync(id, "the run takes a step", run => run.GetProperty("step").GetInt64() > 0);
        await server.CommandAsync(id, "stop");
        await server.WaitForRunAsync(id, "the run is stopped", run => run.State() == "stopped");
        return id;
    }

    /// <summary>A tiny run that goes on for as long as it is let.</summary>
    public static async Task<string> StartAsync(LabServer server)
    {
        var options = new { data = "pen", dim = 16, depth = 1, heads = 2, mlpDim = 16, patch = 14, samplesPerEpoch = 64_000, batchSize = 16, epochs = 1000 };
        return (await server.PostAsync("/api/runs", new { experiment = "free-layout", options })).GetProperty("id").GetString()!;
    }

    public static ILocator Canvas(IPage page) => page.GetByLabel("Drawing canvas");

    public static ILocator Reading(IPage page) => page.Locator("[data-part='reading']");

    /// <summary>The boxes around digits.</summary>
    public static ILocator Boxes(IPage page) => page.Locator(".object:not(.marks) .object-frame");

    /// <summary>The names of digits, to choose and drag them by.</summary>
    public static ILocator Names(IPage page) => page.Locator(".object:not(.marks) .object-name");

    /// <param name="side">"width" or "height".</param>
    public static ILocator Side(IPage page, string side) => page.Locator($"[data-part='{side}']");

    public static ILocator Chosen(IPage page) => page.Locator("[data-part='chosen-name']");

    public static Task ImportAsync(IPage page, Drawing drawing) => page.Locator("[data-part='file']").SetInputFilesAsync(
        new FilePayload { Name = "drawing.jsonl", MimeType = "application/jsonl", Buffer = Encoding.UTF8.GetBytes(DrawingFile.Format(drawing)) });

    /// <summary>Draws strokes with the mouse.</summary>
    public static async Task DrawAsync(IPage page, IEnumerable<float[]> strokes)
    {
        foreach (var stroke in strokes)
        {
            await MoveAlongAsync(page, stroke);
            await page.Mouse.UpAsync();
        }
    }

    /// <summary>Draws a stroke and leaves the button down.</summary>
    public static async Task MoveAlongAsync(IPage page, float[] stroke)
    {
        for (var i = 0; i < stroke.Length; i += 2)
        {
            var (x, y) = await OnPageAsync(page, stroke[i], stroke[i + 1]);
            await page.Mouse.MoveAsync(x, y, new() { Steps = i == 0 ? 1 : 6 });
            if (i == 0) await page.Mouse.DownAsync();
        }
    }

    /// <summary>Clicks in the middle of a digit's box.</summary>
    public static async Task ChooseAsync(IPage page, int digit)
    {
        var box = (await Boxes(page).Nth(digit).BoundingBoxAsync())!;
        await page.Mouse.ClickAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await Expect(Names(page).Nth(digit)).ToHaveAttributeAsync("aria-pressed", "true");
    }

    public static async Task TapAsync(IPage page, float x, float y)
    {
        var (left, top) = await OnPageAsync(page, x, y);
        await page.Mouse.ClickAsync(left, top);
    }

    public static async Task DragAsync(IPage page, ILocator from, float dx, float dy)
    {
        var box = (await from.BoundingBoxAsync())!;
        var pixel = await PixelAsync(page);
        var (x, y) = (box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await page.Mouse.MoveAsync(x, y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(x + (dx * pixel), y + (dy * pixel), new() { Steps = 8 });
        await page.Mouse.UpAsync();
    }

    /// <summary>Where a digit's box lies.</summary>
    public static async Task<(float X, float Y, float Width, float Height)> PlaceAsync(IPage page, int digit)
    {
        var (canvas, box, pixel) = ((await Canvas(page).BoundingBoxAsync())!, (await Boxes(page).Nth(digit).BoundingBoxAsync())!, await PixelAsync(page));
        return ((box.X - canvas.X) / pixel, (box.Y - canvas.Y) / pixel, box.Width / pixel, box.Height / pixel);
    }

    public static async Task ExpectPlaceAsync(IPage page, int digit, float x, float y)
    {
        await Expect(page.Locator(".object.held")).ToHaveCountAsync(0);
        await page.WaitForFunctionAsync(
            """
            ([digit, x, y]) => {
                const canvas = document.querySelector('[data-part=canvas]').getBoundingClientRect();
                const box = document.querySelectorAll('.object:not(.marks) .object-frame')[digit]?.getBoundingClientRect();
                const pixel = canvas.width / Number(document.querySelector('[data-part=width]').value);
                return box && Math.abs((box.x - canvas.x) / pixel - x) < 2 && Math.abs((box.y - canvas.y) / pixel - y) < 2;
            }
            """,
            new double[] { digit, x, y });
    }

    /// <param name="height">That its box has at least once a hand has let it go.</param>
    public static async Task ExpectTallerAsync(IPage page, int digit, double height)
    {
        await Expect(page.Locator(".object.held")).ToHaveCountAsync(0);
        var least = height * await PixelAsync(page);
        await page.WaitForFunctionAsync("([digit, least]) => document.querySelectorAll('.object:not(.marks) .object-frame')[digit]?.getBoundingClientRect().height > least", new double[] { digit, least });
    }

    private static async Task<(float X, float Y)> OnPageAsync(IPage page, float x, float y)
    {
        var (canvas, pixel) = ((await Canvas(page).BoundingBoxAsync())!, await PixelAsync(page));
        return (canvas.X + (x * pixel), canvas.Y + (y * pixel));
    }

    /// <summary>Side of a pixel of the model on the page.</summary>
    private static async Task<float> PixelAsync(IPage page) =>
        (await Canvas(page).BoundingBoxAsync())!.Width / float.Parse(await Side(page, "width").InputValueAsync(), System.Globalization.CultureInfo.InvariantCulture);
}

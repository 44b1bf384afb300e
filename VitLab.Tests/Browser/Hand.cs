using Microsoft.Playwright;
using VitLab.Vision;

namespace VitLab.Tests.Browser;

/// <summary>Draws with the mouse.</summary>
internal static class Hand
{
    /// <summary>Replays a drawing's strokes on a canvas of the same proportions.</summary>
    public static async Task DrawAsync(IPage page, ILocator canvas, Drawing drawing)
    {
        foreach (var stroke in drawing.Strokes)
        {
            await MoveAlongAsync(page, canvas, drawing, stroke);
            await page.Mouse.UpAsync();
        }
    }

    /// <summary>One stroke, the button still down at its end.</summary>
    public static async Task MoveAlongAsync(IPage page, ILocator canvas, Drawing drawing, IReadOnlyList<float> stroke)
    {
        var box = (await canvas.BoundingBoxAsync())!;
        for (var i = 0; i < stroke.Count; i += 2)
        {
            await page.Mouse.MoveAsync(box.X + (stroke[i] / drawing.Width * box.Width), box.Y + (stroke[i + 1] / drawing.Height * box.Height));
            if (i == 0) await page.Mouse.DownAsync();
        }
    }
}

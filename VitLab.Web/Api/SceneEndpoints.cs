using VitLab.Data;
using VitLab.Experiments;
using VitLab.Vision;
using VitLab.Web.Scenes;

namespace VitLab.Web.Api;

/// <summary>Scenes as models of free canvases learn from, to look at.</summary>
internal static class SceneEndpoints
{
    public static void MapScenes(this RouteGroupBuilder api)
    {
        var scenes = api.MapGroup("/scenes").WithTags("Scenes").ProducesProblem(400);
        scenes.MapGet("", ([AsParameters] SceneRequest request, ScenePreview preview) => SceneView.Of(preview.Compose(request)))
            .WithSummary("A scene with what is in it, boxes in pixels; the same seed gives the same scene.");
        scenes.MapGet("/picture", ([AsParameters] SceneRequest request, ScenePreview preview) => Results.Bytes(Png.Encode(preview.Compose(request).Picture), "image/png"))
            .WithSummary("The same scene as PNG.").Produces(200, contentType: "image/png");
    }

    /// <summary>Digits in reading order.</summary>
    private sealed record SceneView(int Width, int Height, byte[] Pixels, IReadOnlyList<DigitView> Digits)
    {
        public static SceneView Of(Scene scene) => new(scene.Picture.Width, scene.Picture.Height, scene.Picture.Pixels, [.. scene.Digits.Select(DigitView.Of)]);
    }

    private sealed record DigitView(int Label, RegionBox Box)
    {
        public static DigitView Of(SceneDigit digit) => new(digit.Label, new RegionBox(digit.Box.Left, digit.Box.Top, digit.Box.Width, digit.Box.Height));
    }
}

using VitLab.Experiments;
using VitLab.Insight;
using VitLab.Vision;
using VitLab.Web.Predictions;
using VitLab.Web.Runs;

namespace VitLab.Web.Api;

/// <summary>Reading a drawing or a picture.</summary>
internal static class PredictionEndpoints
{
    public static void MapPredictions(this RouteGroupBuilder api)
    {
        api.MapGet("/weights", (PredictionService predictions) => predictions.Choices()).WithTags("Predictions").WithSummary("Everything that can answer a drawing.");
        api.MapPost("/predict", PredictAsync).WithTags("Predictions").WithSummary("Reads strokes, an image file or pixels; the canvas is cut into as many cells as the weights read.").ProducesProblem(400);
    }

    private static async Task<PredictView> PredictAsync(PredictBody body, PredictionService predictions, CancellationToken ct)
    {
        var request = new PredictionRequest(
            string.IsNullOrEmpty(body.Weights) ? throw new RunException("weights", "weights: missing; expected an id from /api/weights.") : body.Weights,
            body.Drawing, Picture(body), body.Center ?? true, body.Attention ?? body.Look is null, body.Look?.ToQuestion());
        try
        {
            return PredictView.Of(await predictions.PredictAsync(request, ct));
        }
        catch (RunException e) when (e.Field == "from")
        {
            throw new RunException("weights", e.Message);
        }
    }

    private static PlanarImage? Picture(PredictBody body)
    {
        if (body.Image is not null && body.Pixels is not null) throw new RunException("image", "image: expected either an image file or pixels.");
        if (body.Image is { } file) return Decode(file);
        if (body.Pixels is not { } pixels) return null;
        if ((body.Channels ?? 1) is var channels && channels is not (1 or 3)) throw new RunException("channels", $"channels: expected 1 (grey) or 3 (red, green, blue), got {channels}.");
        if (body.Width is not (> 0 and <= Png.MaximumSize)) throw new RunException("width", $"width: expected 1 to {Png.MaximumSize}, got {body.Width?.ToString() ?? "nothing"}.");
        if (body.Height is not (> 0 and <= Png.MaximumSize)) throw new RunException("height", $"height: expected 1 to {Png.MaximumSize}, got {body.Height?.ToString() ?? "nothing"}.");
        var (width, height) = (body.Width.Value, body.Height.Value);
        var bytes = channels * width * height;
        return pixels.Length == bytes ? PlanarImage.Of(channels, width, height, pixels)
            : throw new RunException("pixels", $"pixels: {(channels == 1 ? "" : $"{channels} × ")}{width} × {height} needs {bytes} bytes, got {pixels.Length}.");
    }

    private static PlanarImage Decode(byte[] file)
    {
        try
        {
            return Png.Decode(file);
        }
        catch (PngFormatException e)
        {
            throw new RunException("image", $"image: {e.Message}");
        }
    }

    /// <summary>
    /// A drawing, or an image file (a PNG as base64), or pixels (base64, one byte each, 255 = ink or full light, channel by channel) with their width and height and, if not 1,
    /// their channels. Attention comes whole, or the maps of one look.
    /// </summary>
    private sealed record PredictBody(
        string? Weights, Drawing? Drawing, byte[]? Image, byte[]? Pixels, int? Width, int? Height, int? Channels, bool? Center, bool? Attention, LookBody? Look);

    private sealed record PredictView(
        ReadingView? Reading, IReadOnlyList<string> Classes, PictureView? Seen, GeometryView Geometry, CanvasGuide? Canvas,
        AttentionMaps? Attention, LookView? Look, CrossAttentionMaps? CrossAttention, AnsweringWeights Weights, double Milliseconds)
    {
        public static PredictView Of(PredictionAnswer answer) => new(
            answer.Reading is { } reading ? new ReadingView(reading.Text, reading.Labels, reading.Regions, reading.Tokens, reading.Presence) : null,
            answer.Classes,
            answer.Seen is { } seen ? new PictureView(seen.Width, seen.Height, seen.Channels, seen.Pixels) : null,
            GeometryView.Of(answer.Geometry), answer.Canvas, answer.Reading?.Attention, answer.Look is { } look ? LookView.From(look) : null, answer.Reading?.CrossAttention, answer.Weights, answer.Milliseconds);
    }

    /// <summary>Tokens are null for models that do not write, presence for those whose regions are given.</summary>
    private sealed record ReadingView(string Text, IReadOnlyList<int> Labels, IReadOnlyList<RegionReading> Regions, IReadOnlyList<EmittedToken>? Tokens, PresenceMap? Presence);

    /// <param name="Pixels">Channel by channel, each row by row.</param>
    private sealed record PictureView(int Width, int Height, int Channels, byte[] Pixels);
}

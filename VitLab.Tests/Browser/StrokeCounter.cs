using System.Text.Json;
using Microsoft.Playwright;
using VitLab.Vision;

namespace VitLab.Tests.Browser;

/// <summary>
/// Answers drawings in the place of a trained model, always the same: strokes whose bounds overlap are one digit, as many as there are of them, and
/// a group of nothing but dots is none. It shows whether a page follows its reader, whatever that one has learned.
/// </summary>
internal static class StrokeCounter
{
    private const int Patch = 7;

    private static readonly string[] s_classes = [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")];

    /// <summary>Has this page's drawings answered; pictures still go to the server.</summary>
    public static Task AnswerAsync(IPage page) => page.RouteAsync("**/api/predict", route =>
    {
        var question = JsonSerializer.Deserialize<JsonElement>(route.Request.PostData!);
        return question.TryGetProperty("drawing", out var drawing)
            ? route.FulfillAsync(new() { ContentType = "application/json", Body = Answer(DrawingFile.Parse(drawing.GetRawText()), question) })
            : route.ContinueAsync();
    });

    private static string Answer(Drawing drawing, JsonElement question)
    {
        var seen = SceneNormalizer.Normalize(drawing, Patch);
        var digits = Groups(drawing).Where(group => group.Strokes.Any(stroke => stroke.Count > 2)).OrderBy(group => group.Left).ToList();
        var answer = new
        {
            reading = seen is null ? null : new
            {
                text = string.Join(' ', digits.Select(digit => digit.Strokes.Count)),
                labels = digits.Select(digit => digit.Strokes.Count),
                regions = digits.Select(Region),
                tokens = (object?)null,
                presence = Presence(seen, digits),
            },
            classes = s_classes,
            seen,
            geometry = new { channels = 1, height = seen?.Height ?? 0, width = seen?.Width ?? 0, patch = Patch },
            attention = (object?)null,
            look = seen is not null && question.TryGetProperty("look", out var look) ? Look(seen, look) : null,
            crossAttention = (object?)null,
            weights = new { id = question.GetProperty("weights").GetString(), name = "Stroke counter", step = 1 },
            milliseconds = 1,
        };
        return JsonSerializer.Serialize(answer, JsonSerializerOptions.Web);
    }

    private static object Region(Group digit) => new
    {
        predicted = digit.Strokes.Count,
        probabilities = s_classes.Select((_, label) => label == digit.Strokes.Count ? 0.91 : 0.01),
        box = new { x = digit.Left / 10, y = digit.Top / 10, width = (digit.Right - digit.Left) / 10, height = (digit.Bottom - digit.Top) / 10 },
        presence = 0.99,
    };

    private static object Presence(GrayImage seen, List<Group> digits)
    {
        var (width, height) = (seen.Width / Patch, seen.Height / Patch);
        var weights = new byte[width * height];
        foreach (var digit in digits)
        {
            var (x, y) = ((int)((digit.Left + digit.Right) / 20 / Patch), (int)((digit.Top + digit.Bottom) / 20 / Patch));
            if (x >= 0 && x < width && y >= 0 && y < height) weights[(y * width) + x] = 250;
        }

        return new { gridWidth = width, gridHeight = height, weights };
    }

    /// <summary>One layer of one head that looks nowhere, whatever is asked.</summary>
    private static object Look(GrayImage seen, JsonElement asked)
    {
        var (width, height) = (seen.Width / Patch, seen.Height / Patch);
        var all = asked.GetProperty("of").GetString() == "prefix";          // there are no tokens before the patches
        return new
        {
            layers = 1,
            heads = 1,
            tokens = width * height,
            prefixTokens = 0,
            gridHeight = height,
            gridWidth = width,
            of = all ? "patches" : asked.GetProperty("of").GetString(),
            index = asked.GetProperty("index").GetInt32(),
            direction = asked.GetProperty("direction").GetString(),
            method = asked.GetProperty("method").GetString(),
            weights = new byte[2 * 2 * width * height],
        };
    }

    private static List<Group> Groups(Drawing drawing)
    {
        var paper = new Group([], 0, 0, drawing.Width, drawing.Height);
        List<Group> groups = [];
        foreach (var group in drawing.Strokes.Select(Group.Of).Where(group => group.Touches(paper)))
        {
            var joined = group;
            foreach (var other in groups.Where(joined.Touches).ToList())
            {
                groups.Remove(other);
                joined = joined.With(other);
            }

            groups.Add(joined);
        }

        return groups;
    }

    private sealed record Group(IReadOnlyList<IReadOnlyList<float>> Strokes, float Left, float Top, float Right, float Bottom)
    {
        private const float Brush = 11;

        public static Group Of(IReadOnlyList<float> stroke)
        {
            var (xs, ys) = (stroke.Where((_, index) => index % 2 == 0), stroke.Where((_, index) => index % 2 == 1));
            return new Group([stroke], xs.Min() - Brush, ys.Min() - Brush, xs.Max() + Brush, ys.Max() + Brush);
        }

        public bool Touches(Group other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;

        public Group With(Group other) => new(
            [.. Strokes, .. other.Strokes], Math.Min(Left, other.Left), Math.Min(Top, other.Top), Math.Max(Right, other.Right), Math.Max(Bottom, other.Bottom));
    }
}

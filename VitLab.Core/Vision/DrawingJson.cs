using System.Text.Json;
using System.Text.Json.Serialization;

namespace VitLab.Vision;

/// <summary>
/// A drawing as JSON: <c>{"label":7,"width":280,"height":280,"strokes":[[x0,y0,x1,y1,…],…]}</c>. The label is a digit, a list of
/// digits, null or left out; <c>brush</c> (a diameter in canvas units) may be given; other properties are ignored.
/// </summary>
public sealed class DrawingJson : JsonConverter<Drawing>
{
    public const int MaximumSize = 4096;
    public const int MaximumStrokes = 2_000;
    public const int MaximumPoints = 100_000;

    /// <summary>Coordinates may leave the canvas, but not for the moon.</summary>
    public const float MaximumCoordinate = 100_000;

    private const int MaximumLabels = 1_000;

    /// <exception cref="DrawingFormatException">When a field is missing or wrong.</exception>
    public override Drawing Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return Read(document.RootElement);
    }

    public override void Write(Utf8JsonWriter writer, Drawing value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        WriteLabel(writer, value.Label);
        writer.WriteNumber("width", value.Width);
        writer.WriteNumber("height", value.Height);
        if (value.Brush is { } brush)
        {
            writer.WriteNumber("brush", brush);
        }

        writer.WriteStartArray("strokes");
        foreach (var stroke in value.Strokes)
        {
            writer.WriteStartArray();
            foreach (var coordinate in stroke)
            {
                writer.WriteNumberValue(coordinate);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteLabel(Utf8JsonWriter writer, IReadOnlyList<int>? label)
    {
        if (label is [var digit])
        {
            writer.WriteNumber("label", digit);
        }
        else if (label is not null)
        {
            writer.WriteStartArray("label");
            foreach (var each in label)
            {
                writer.WriteNumberValue(each);
            }

            writer.WriteEndArray();
        }
    }

    internal static Drawing Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new DrawingFormatException("", $"expected an object with width, height and strokes, got {Kind(root)}.");
        }

        return new Drawing(Size(root, "width"), Size(root, "height"), Strokes(root)) { Label = Label(root), Brush = Brush(root) };
    }

    private static int Size(JsonElement root, string field)
    {
        if (!root.TryGetProperty(field, out var value))
        {
            throw new DrawingFormatException(field, $"missing; expected a whole number from 1 to {MaximumSize}.");
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var size) || size is < 1 or > MaximumSize)
        {
            throw new DrawingFormatException(field, $"expected a whole number from 1 to {MaximumSize}, got {Kind(value)}.");
        }

        return size;
    }

    private static float? Brush(JsonElement root)
    {
        if (!root.TryGetProperty("brush", out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out var brush) && brush is > 0 and <= MaximumSize
            ? brush
            : throw new DrawingFormatException("brush", $"expected a diameter above 0 and up to {MaximumSize}, got {Kind(value)}.");
    }

    private static float[][] Strokes(JsonElement root)
    {
        if (!root.TryGetProperty("strokes", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            throw new DrawingFormatException("strokes", "expected a list of strokes, each a list x0, y0, x1, y1, ….");
        }

        var count = list.GetArrayLength();
        if (count > MaximumStrokes)
        {
            throw new DrawingFormatException("strokes", $"at most {MaximumStrokes} strokes, got {count}.");
        }

        var strokes = new float[count][];
        var points = 0;
        foreach (var (index, stroke) in list.EnumerateArray().Index())
        {
            strokes[index] = Stroke(stroke, index);
            points += strokes[index].Length / 2;
            if (points > MaximumPoints)
            {
                throw new DrawingFormatException("strokes", $"at most {MaximumPoints} points in all.");
            }
        }

        return strokes;
    }

    private static float[] Stroke(JsonElement stroke, int index)
    {
        if (stroke.ValueKind != JsonValueKind.Array)
        {
            throw new DrawingFormatException($"strokes[{index}]", $"expected a list x0, y0, x1, y1, …, got {Kind(stroke)}.");
        }

        var length = stroke.GetArrayLength();
        if (length == 0 || length % 2 != 0 || length / 2 > MaximumPoints)
        {
            throw new DrawingFormatException($"strokes[{index}]", $"expected pairs x, y: an even number of numbers, 2 to {2 * MaximumPoints}, got {length}.");
        }

        var coordinates = new float[length];
        foreach (var (at, value) in stroke.EnumerateArray().Index())
        {
            if (value.ValueKind != JsonValueKind.Number || !value.TryGetSingle(out var number) || !(Math.Abs(number) <= MaximumCoordinate))
            {
                throw new DrawingFormatException($"strokes[{index}][{at}]", $"expected a number within ±{MaximumCoordinate}, got {Kind(value)}.");
            }

            coordinates[at] = number;
        }

        return coordinates;
    }

    private static int[]? Label(JsonElement root)
    {
        if (!root.TryGetProperty("label", out var label) || label.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (label.ValueKind != JsonValueKind.Array)
        {
            return [Digit(label, "label")];
        }

        if (label.GetArrayLength() > MaximumLabels)
        {
            throw new DrawingFormatException("label", $"at most {MaximumLabels} digits, got {label.GetArrayLength()}.");
        }

        return [.. label.EnumerateArray().Select((digit, index) => Digit(digit, $"label[{index}]"))];
    }

    private static int Digit(JsonElement value, string field) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var digit) && digit is >= 0 and <= 9
            ? digit
            : throw new DrawingFormatException(field, $"expected a digit 0 to 9 or a list of digits, got {Kind(value)}.");

    /// <summary>The value itself when it is short enough to quote, else what kind it is.</summary>
    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => $"a list of {value.GetArrayLength()}",
        _ when value.GetRawText() is { Length: <= 40 } text => text,
        _ => "something longer",
    };
}

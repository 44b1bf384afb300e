using System.Text.Json;
using System.Text.Json.Serialization;
using VitLab.Vision;

namespace VitLab.Web.Corrections;

/// <summary>
/// A correction as JSON: an object of the drawings format with <c>id</c>, <c>date</c>, <c>readAs</c> and <c>weights</c> beside its own fields.
/// A drawing from elsewhere may lack them.
/// </summary>
internal sealed class CorrectionJson : JsonConverter<Correction>
{
    /// <exception cref="DrawingFormatException">When a field is missing or wrong.</exception>
    public override Correction Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return Parse(document.RootElement.GetRawText());
    }

    public override void Write(Utf8JsonWriter writer, Correction value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("id", value.Id);
        foreach (var field in JsonSerializer.SerializeToElement(value.Drawing).EnumerateObject()) field.WriteTo(writer);
        writer.WriteString("date", value.Date);
        if (value.ReadAs is { } readAs) writer.WriteNumber("readAs", readAs);
        if (value.Weights is { } weights) writer.WriteString("weights", weights);
        writer.WriteEndObject();
    }

    /// <param name="line">Named in the error, when given.</param>
    /// <exception cref="DrawingFormatException">When a field is missing or wrong.</exception>
    public static Correction Parse(string json, int? line = null)
    {
        var drawing = DrawingFile.Parse(json, line);
        using var document = JsonDocument.Parse(json);
        var fields = new Fields(document.RootElement, line);
        return new Correction(fields.Text("id") ?? "", drawing, fields.Date()) { ReadAs = fields.Digit("readAs"), Weights = fields.Text("weights") };
    }

    private readonly struct Fields(JsonElement root, int? line)
    {
        public string? Text(string field) => Given(field) is not { } value ? null
            : value.ValueKind == JsonValueKind.String && value.GetString() is { Length: <= CorrectionStore.LongestName } text ? text
            : throw Wrong(field, $"expected a text of at most {CorrectionStore.LongestName} characters.");

        public DateTimeOffset Date() => Given("date") is not { } value ? default
            : value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var date) ? date
            : throw Wrong("date", "expected a moment such as 2026-01-31T12:00:00Z.");

        public int? Digit(string field) => Given(field) is not { } value ? null
            : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var digit) && digit is >= 0 and <= 9 ? digit
            : throw Wrong(field, "expected a digit 0 to 9.");

        private JsonElement? Given(string field) => root.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

        private DrawingFormatException Wrong(string field, string reason) => new(field, reason, line);
    }
}

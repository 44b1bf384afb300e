using System.Text.Json;

namespace VitLab.Vision;

/// <summary>A drawing that is not what the drawings format asks for. <see cref="Exception.Message"/> names line, field and what would be right.</summary>
public sealed class DrawingFormatException : JsonException
{
    public DrawingFormatException(string field, string reason, int? line = null, Exception? inner = null)
        : base($"{(line is null ? "" : $"line {line}: ")}{(field.Length == 0 ? "" : $"{field}: ")}{reason}", inner) =>
        (Field, Reason, Line) = (field, reason, line);

    /// <summary>Where in the object, e.g. "strokes[2][5]"; empty when the line is no JSON object.</summary>
    public string Field { get; }

    public string Reason { get; }

    /// <summary>1-based line of a drawings file, when there is one.</summary>
    public int? Line { get; }
}

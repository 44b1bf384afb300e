using System.Text;
using System.Text.Json;

namespace VitLab.Vision;

/// <summary>Drawings files: UTF-8, one JSON object a line (see <see cref="Drawing"/>). Empty lines are skipped.</summary>
public static class DrawingFile
{
    /// <summary>Room for <see cref="DrawingJson.MaximumPoints"/> points of full precision; a longer line is refused unread.</summary>
    private const int MaximumLineLength = 8_000_000;

    private static readonly JsonSerializerOptions s_options = new() { Converters = { new DrawingJson() } };

    /// <summary>Reads line by line, as it is enumerated.</summary>
    /// <exception cref="DrawingFormatException">At the first wrong or torn line, with its number and field.</exception>
    public static IEnumerable<Drawing> Read(string path)
    {
        using var reader = new StreamReader(path, Encoding.UTF8);
        foreach (var drawing in Read(reader))
        {
            yield return drawing;
        }
    }

    /// <inheritdoc cref="Read(string)"/>
    public static IEnumerable<Drawing> Read(TextReader reader)
    {
        for (var line = 1; reader.ReadLine() is { } text; line++)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                yield return Parse(text, line);
            }
        }
    }

    /// <summary>One drawing from one JSON object.</summary>
    /// <param name="line">Named in the error, when given.</param>
    /// <exception cref="DrawingFormatException">When it is not a drawing.</exception>
    public static Drawing Parse(string json, int? line = null)
    {
        if (json.Length > MaximumLineLength)
        {
            throw new DrawingFormatException("", $"longer than {MaximumLineLength} characters.", line);
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return DrawingJson.Read(document.RootElement);
        }
        catch (DrawingFormatException e)
        {
            throw line is null ? e : new DrawingFormatException(e.Field, e.Reason, line, e);
        }
        catch (JsonException e)
        {
            throw new DrawingFormatException("", $"not a whole JSON object ({e.Message})", line, e);
        }
    }

    /// <summary>One line, without its end.</summary>
    public static string Format(Drawing drawing) => JsonSerializer.Serialize(drawing, s_options);

    public static void Write(string path, IEnumerable<Drawing> drawings)
    {
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        Write(writer, drawings);
    }

    public static void Write(TextWriter writer, IEnumerable<Drawing> drawings)
    {
        foreach (var drawing in drawings)
        {
            writer.WriteLine(Format(drawing));
        }
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using VitLab.Experiments;
using VitLab.Vision;

namespace VitLab.Web.Startup;

/// <summary>
/// The one source of JSON options: files, API, hub and command line all speak camelCase, and a number that is not finite (a loss that
/// exploded) is <c>null</c>, because JSON has no word for it.
/// </summary>
public static class LabJson
{
    /// <summary>One line per value, null properties written.</summary>
    public static JsonSerializerOptions Options { get; } = Create(indented: false);

    /// <summary>For people: run.json and the command line.</summary>
    public static JsonSerializerOptions Indented { get; } = Create(indented: true);

    /// <summary>Sets up options that are owned elsewhere (ASP.NET Core's, SignalR's) the same way.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = true;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new FiniteSingleConverter());
        options.Converters.Add(new FiniteDoubleConverter());
        options.Converters.Add(new TrainingOptionsWriter());
        options.Converters.Add(new DrawingJson());
    }

    private static JsonSerializerOptions Create(bool indented)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = indented };
        Configure(options);
        return options;
    }

    private sealed class FiniteSingleConverter : JsonConverter<float>
    {
        public override bool HandleNull => true;

        public override float Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? float.NaN : reader.GetSingle();

        public override void Write(Utf8JsonWriter writer, float value, JsonSerializerOptions options)
        {
            if (float.IsFinite(value)) writer.WriteNumberValue(value);
            else writer.WriteNullValue();
        }
    }

    private sealed class FiniteDoubleConverter : JsonConverter<double>
    {
        public override bool HandleNull => true;

        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value)) writer.WriteNumberValue(value);
            else writer.WriteNullValue();
        }
    }

    /// <summary>Writes the fields of the options' own schema; reading needs the experiment, so it goes through <see cref="OptionSchema.Read"/>.</summary>
    private sealed class TrainingOptionsWriter : JsonConverter<TrainingOptions>
    {
        public override TrainingOptions? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new JsonException("options: read with the experiment's schema.");

        public override void Write(Utf8JsonWriter writer, TrainingOptions value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var field in OptionSchema.Of(value.GetType()).Fields)
            {
                writer.WritePropertyName(field.Key);
                JsonSerializer.Serialize(writer, field.Get(value), options);
            }

            writer.WriteEndObject();
        }
    }
}

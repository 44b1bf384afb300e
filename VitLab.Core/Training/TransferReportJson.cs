using System.Text.Json;
using System.Text.Json.Serialization;
using VitLab.Models;

namespace VitLab.Training;

/// <summary>Reads reports as they are written now, and the bare list of copied names that runs stored before entries could be resized.</summary>
internal sealed class TransferReportJson : JsonConverter<TransferReport>
{
    public override TransferReport? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.StartArray
            ? JsonSerializer.Deserialize<string[]>(ref reader, options) is { Length: > 0 } copied ? new TransferReport(copied, [], []) : null
            : JsonSerializer.Deserialize<TransferReport>(ref reader, options);

    public override void Write(Utf8JsonWriter writer, TransferReport value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, options);
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace VitLab.Models;

/// <summary>
/// The safetensors format: u64 little-endian header length, a JSON header of names to dtype, shape and byte range, then the bytes of all
/// tensors without gaps. Reads and writes F32 and I64; every claim of the header is checked before a tensor is made from it.
/// </summary>
// https://github.com/huggingface/safetensors#format
public static class Safetensors
{
    private const int MaximumHeaderBytes = 16 << 20;
    private const long MaximumDataBytes = 4L << 30;
    private const string MetadataKey = "__metadata__";

    public static void Write(Stream stream, IReadOnlyDictionary<string, string> metadata, IReadOnlyDictionary<string, HostTensor> tensors)
    {
        var header = Header(metadata, tensors);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var tensor in tensors.Values)
        {
            stream.Write(Bytes(tensor));
        }
    }

    /// <param name="name">What messages call the stream.</param>
    /// <exception cref="CheckpointException">When the stream is not a whole, well-formed safetensors file.</exception>
    public static (IReadOnlyDictionary<string, string> Metadata, IReadOnlyDictionary<string, HostTensor> Tensors) Read(Stream stream, string name)
    {
        var (metadata, entries) = ReadHeader(stream, name);
        var tensors = new Dictionary<string, HostTensor>(entries.Count);
        foreach (var entry in entries)
        {
            var tensor = entry.IsFloat
                ? HostTensor.Of(new float[entry.Elements], entry.Shape)
                : HostTensor.Of(new long[entry.Elements], entry.Shape);
            if (stream.ReadAtLeast(Bytes(tensor), (int)entry.Bytes, throwOnEndOfStream: false) != entry.Bytes)
            {
                throw new CheckpointException(name, $"truncated: the file ends inside tensor \"{entry.Name}\".");
            }

            tensors.Add(entry.Name, tensor);
        }

        if (stream.ReadByte() >= 0)
        {
            throw new CheckpointException(name, "there are bytes behind the last tensor.");
        }

        return (metadata, tensors);
    }

    /// <summary>The metadata alone; tensors' claims are checked, their bytes are not read.</summary>
    /// <exception cref="CheckpointException">As <see cref="Read"/>.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(Stream stream, string name) => ReadHeader(stream, name).Metadata;

    private static byte[] Header(IReadOnlyDictionary<string, string> metadata, IReadOnlyDictionary<string, HostTensor> tensors)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataKey);
            foreach (var (key, value) in metadata)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
            long offset = 0;
            foreach (var (name, tensor) in tensors)
            {
                var end = offset + (tensor.Count * Size(tensor.Floats is not null));
                json.WriteStartObject(name);
                json.WriteString("dtype", tensor.Floats is null ? "I64" : "F32");
                json.WriteStartArray("shape");
                foreach (var size in tensor.Shape)
                {
                    json.WriteNumberValue(size);
                }

                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(end);
                json.WriteEndArray();
                json.WriteEndObject();
                offset = end;
            }

            json.WriteEndObject();
        }

        while (buffer.Length % 8 != 0)   // tensors start on a multiple of 8, as the format asks
        {
            buffer.WriteByte((byte)' ');
        }

        return buffer.ToArray();
    }

    private static (IReadOnlyDictionary<string, string> Metadata, List<Entry> Entries) ReadHeader(Stream stream, string name)
    {
        CheckpointException Bad(string problem, Exception? inner = null) => new(name, problem, inner);

        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        if (stream.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false) != prefix.Length)
        {
            throw Bad("too short for a safetensors file: the 8 bytes of the header's length are missing.");
        }

        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length is < 2 or > MaximumHeaderBytes)
        {
            throw Bad($"not a safetensors file: a header of {length} bytes is claimed, 2 to {MaximumHeaderBytes} are possible.");
        }

        var header = new byte[length];
        if (stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) != header.Length)
        {
            throw Bad($"truncated: the file ends inside its header of {length} bytes.");
        }

        var metadata = new Dictionary<string, string>();
        var entries = new List<Entry>();
        try
        {
            using var json = JsonDocument.Parse(header, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 });
            foreach (var property in json.RootElement.EnumerateObject())
            {
                if (property.NameEquals(MetadataKey))
                {
                    foreach (var pair in property.Value.EnumerateObject())
                    {
                        metadata.Add(pair.Name, pair.Value.GetString() ?? "");
                    }
                }
                else
                {
                    entries.Add(Entry.Parse(property));
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or DecoderFallbackException)
        {
            throw Bad($"the header is not valid: {e.Message}", e);
        }

        entries.Sort(static (a, b) => (a.Start, a.End).CompareTo((b.Start, b.End)));
        long expected = 0;
        foreach (var entry in entries)
        {
            if (entry.Start != expected)
            {
                throw Bad($"tensor \"{entry.Name}\" claims bytes {entry.Start} to {entry.End}, but the tensor before it ends at {expected}: tensors must follow one another without overlap or gap.");
            }

            expected = entry.End;
        }

        if (expected > MaximumDataBytes)
        {
            throw Bad($"{expected} bytes of tensors are claimed; at most {MaximumDataBytes} are read.");
        }

        if (stream.CanSeek && stream.Length - stream.Position != expected)
        {
            throw Bad(stream.Length - stream.Position < expected
                ? $"truncated: {expected} bytes of tensors are claimed, {stream.Length - stream.Position} are there."
                : $"{stream.Length - stream.Position - expected} bytes are left behind the last tensor.");
        }

        return (metadata, entries);
    }

    private static int Size(bool isFloat) => isFloat ? sizeof(float) : sizeof(long);

    // Safetensors are little-endian, as is every machine .NET 10 trains on.
    private static Span<byte> Bytes(HostTensor tensor) => tensor.Floats is { } floats
        ? MemoryMarshal.AsBytes(floats.AsSpan())
        : MemoryMarshal.AsBytes(tensor.Integers!.AsSpan());

    private sealed record Entry(string Name, bool IsFloat, long[] Shape, long Elements, long Start, long End)
    {
        public long Bytes => End - Start;

        public static Entry Parse(JsonProperty property)
        {
            var name = property.Name;
            var dtype = property.Value.GetProperty("dtype").GetString();
            if (dtype is not ("F32" or "I64"))
            {
                throw new FormatException($"tensor \"{name}\" has dtype \"{dtype}\"; F32 and I64 are read.");
            }

            long[] shape = [.. property.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
            long[] offsets = [.. property.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
            if (offsets.Length != 2 || offsets[0] < 0 || offsets[1] < offsets[0])
            {
                throw new FormatException($"tensor \"{name}\" has data_offsets [{string.Join(", ", offsets)}]; two rising numbers are expected.");
            }

            if (shape.Length > 8 || shape.Any(size => size is < 0 or > int.MaxValue))
            {
                throw new FormatException($"tensor \"{name}\" has shape [{string.Join(", ", shape)}]; at most 8 sizes from 0 to {int.MaxValue} are read.");
            }

            var elements = shape.Aggregate((Int128)1, static (product, size) => Int128.Min(product * size, long.MaxValue));
            var bytes = elements * Size(dtype == "F32");
            if (bytes != offsets[1] - offsets[0] || bytes > int.MaxValue)
            {
                throw new FormatException($"tensor \"{name}\" of shape [{string.Join(", ", shape)}] needs {bytes} bytes (at most {int.MaxValue}), its data_offsets hold {offsets[1] - offsets[0]}.");
            }

            return new Entry(name, dtype == "F32", shape, (long)elements, offsets[0], offsets[1]);
        }
    }
}

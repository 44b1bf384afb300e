using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using VitLab.Tests.Support;

namespace VitLab.Tests.Golden;

/// <summary>One of the safetensors files beside this one, made by make_golden.py.</summary>
public sealed class GoldenFile
{
    private readonly Dictionary<string, GoldenTensor> _tensors = [];

    public GoldenFile(string name)
    {
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(Repository.PathOf("VitLab.Tests", "Golden", name));
        var headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        using var header = JsonDocument.Parse(bytes.Slice(8, headerLength).ToArray());
        var data = bytes[(8 + headerLength)..];
        foreach (var entry in header.RootElement.EnumerateObject().Where(entry => entry.Name != "__metadata__"))
        {
            long[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
            int[] offsets = [.. entry.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt32())];
            var slice = data[offsets[0]..offsets[1]];
            _tensors[entry.Name] = entry.Value.GetProperty("dtype").GetString() == "I64"
                ? new GoldenTensor(shape, [], MemoryMarshal.Cast<byte, long>(slice).ToArray())
                : new GoldenTensor(shape, MemoryMarshal.Cast<byte, float>(slice).ToArray(), []);
        }
    }

    public IEnumerable<string> Names => _tensors.Keys;

    public GoldenTensor this[string name] => _tensors[name];
}

/// <summary>Either <paramref name="Floats"/> or <paramref name="Longs"/> holds the values, row by row; the other is empty.</summary>
public sealed record GoldenTensor(long[] Shape, float[] Floats, long[] Longs)
{
    /// <summary>
    /// Every number within <paramref name="share"/> of the golden tensor's largest magnitude: sums in another order differ by rounding
    /// of the largest terms, whatever the size of the result.
    /// </summary>
    public void AssertClose(string what, IReadOnlyList<float> actual, double share)
    {
        Assert.Equal(Floats.Length, actual.Count);
        var scale = Math.Max(Floats.Max(Math.Abs), 1e-6);
        for (var i = 0; i < Floats.Length; i++)
        {
            var off = Math.Abs(actual[i] - (double)Floats[i]);
            Assert.True(off <= share * scale, $"{what}[{i}]: expected {Floats[i]}, got {actual[i]}; off by {off / scale:E1} of the largest value {scale}, allowed {share:E1}.");
        }
    }
}

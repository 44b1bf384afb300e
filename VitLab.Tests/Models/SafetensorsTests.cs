using System.Buffers.Binary;
using System.Text;
using VitLab.Models;

namespace VitLab.Tests.Models;

public class SafetensorsTests
{
    private static readonly Dictionary<string, HostTensor> s_tensors = new()
    {
        ["weight"] = HostTensor.Of([1f, 2, 3, 4, 5, 6], 2, 3),
        ["count"] = HostTensor.Of([7L]),
        ["empty"] = HostTensor.Of(Array.Empty<float>(), 0, 4),
    };

    [Fact]
    public void Read_WhatWriteWrote_IsTheSame()
    {
        var (metadata, tensors) = Read(Bytes());

        Assert.Equal("löwe", metadata["name"]);
        Assert.Equal(s_tensors.Keys, tensors.Keys);
        Assert.Equal([2L, 3], tensors["weight"].Shape);
        Assert.Equal(s_tensors["weight"].Floats, tensors["weight"].Floats);
        Assert.Equal([7L], tensors["count"].Integers!);
    }

    [Fact]
    public void Write_Header_EndsOnAMultipleOfEight() => Assert.Equal(0UL, BinaryPrimitives.ReadUInt64LittleEndian(Bytes()) % 8);

    [Fact]
    public void Read_AnyTruncation_SaysSo()
    {
        var whole = Bytes();
        for (var length = 0; length < whole.Length; length++)
        {
            var e = Assert.Throws<CheckpointException>(() => Read(whole[..length]));
            Assert.Contains("file.safetensors", e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_BytesBehindTheEnd_IsRefused() => Assert.Contains("behind the last tensor", Problem([.. Bytes(), 0]), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12, "gap")]
    [InlineData("""{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}""", 4, "dtype \"F16\"")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "needs 12 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "shape [-1]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,4]}}""", 4, "needs")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "data_offsets")]
    [InlineData("""{"a":{"shape":[1],"data_offsets":[0,4]}}""", 4, "header is not valid")]
    [InlineData("""{"a":3}""", 4, "header is not valid")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "header is not valid")]
    [InlineData("[1, 2]", 0, "header is not valid")]
    [InlineData("not json", 0, "header is not valid")]
    public void Read_AFalseHeader_IsRefusedWithTheReason(string header, int dataBytes, string expected) =>
        Assert.Contains(expected, Problem(File(header, dataBytes)), StringComparison.Ordinal);

    [Fact]
    public void Read_AnotherKindOfFile_IsRefused() => Assert.Contains("not a safetensors file", Problem("PK\u0003\u0004 a zip archive"u8.ToArray()), StringComparison.Ordinal);

    private static byte[] Bytes()
    {
        using var stream = new MemoryStream();
        Safetensors.Write(stream, new Dictionary<string, string> { ["name"] = "löwe" }, s_tensors);
        return stream.ToArray();
    }

    private static byte[] File(string header, int dataBytes)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var bytes = new byte[8 + text.Length + dataBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)text.Length);
        text.CopyTo(bytes, 8);
        return bytes;
    }

    private static string Problem(byte[] bytes) => Assert.Throws<CheckpointException>(() => Read(bytes)).Problem;

    private static (IReadOnlyDictionary<string, string> Metadata, IReadOnlyDictionary<string, HostTensor> Tensors) Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return Safetensors.Read(stream, "file.safetensors");
    }
}

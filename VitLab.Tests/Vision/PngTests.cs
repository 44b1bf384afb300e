using System.Buffers.Binary;
using System.IO.Compression;
using FsCheck;
using FsCheck.Fluent;
using VitLab.Vision;

namespace VitLab.Tests.Vision;

public class PngTests
{
    [Fact]
    public void Encode_ThenDecode_GivesTheSameImage() =>
        Properties.Hold(Prop.ForAll(
            Gen.Zip(Gen.Choose(1, 60), Gen.Choose(1, 60)).ToArbitrary(),
            size =>
            {
                var image = GrayImages.Noise(size.Item1, size.Item2, seed: size.Item1);
                var decoded = Png.Decode(Png.Encode(image));
                return (decoded.Width, decoded.Height) == size && decoded.Pixels.SequenceEqual(image.Pixels);
            }));

    [Fact]
    public void Decode_EveryFilter_IsUndone()
    {
        var (width, height) = (5, 5);
        var image = GrayImages.Noise(width, height, 9);

        var decoded = Png.Decode(Make(width, height, bits: 8, colorType: 0, Filtered(image)));

        Assert.Equal(image.Pixels, decoded.Pixels);
    }

    [Fact]
    public void Encode_Colour_IsDecodedPlaneByPlane()
    {
        var image = PlanarImage.Of(3, 5, 4, [.. Enumerable.Range(0, 60).Select(i => (byte)(4 * i))]);

        var decoded = Png.Decode(Png.Encode(image));

        Assert.Equal((3, 5, 4), (decoded.Channels, decoded.Width, decoded.Height));
        Assert.Equal(image.Pixels, decoded.Pixels);
    }

    [Theory]
    [InlineData(2, new byte[] { 0, 255, 0, 0, 0, 255, 0 }, new byte[] { 76, 150 })]                         // red, green: their luma
    [InlineData(6, new byte[] { 0, 0, 0, 0, 255, 0, 0, 0, 0 }, new byte[] { 0, 255 })]                     // black; nothing at all = paper
    [InlineData(4, new byte[] { 0, 10, 255, 10, 128 }, new byte[] { 10, 132 })]                            // half transparent on paper
    public void Decode_Colors_BecomeGray(byte colorType, byte[] rows, byte[] expected) =>
        Assert.Equal(expected, Png.Decode(Make(2, 1, 8, colorType, rows)).ToGray().Pixels);

    [Fact]
    public void Decode_FourBitPalette_LooksUpColors()
    {
        byte[] palette = [0, 0, 0, 255, 255, 255, 90, 90, 90];

        var image = Png.Decode(Make(3, 1, bits: 4, colorType: 3, [0, 0x12, 0x00], ("PLTE", palette), ("tRNS", [255, 255, 0])));

        Assert.Equal([255, 255, 0], image.ToGray().Pixels);                  // white, transparent, black
    }

    [Fact]
    public void Decode_OneBitAnd16BitGray_AreScaled()
    {
        Assert.Equal([255, 0, 255], Png.Decode(Make(3, 1, 1, 0, [0, 0b1010_0000])).Pixels);
        Assert.Equal([0x12, 0xFE], Png.Decode(Make(2, 1, 16, 0, [0, 0x12, 0x34, 0xFE, 0xDC])).Pixels);
    }

    [Fact]
    public void Decode_DamagedByte_IsRefusedByChecksum()
    {
        var bytes = Png.Encode(GrayImages.Noise(9, 9, 1));
        bytes[^30] ^= 1;

        Assert.Contains("checksum", Fails(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_EveryTruncation_IsRefused()
    {
        var bytes = Png.Encode(GrayImages.Noise(9, 9, 1));

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.StartsWith("PNG: ", Fails(bytes[..length]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Decode_HugeHeader_IsRefusedBeforeAnythingIsUnpacked() =>
        Assert.Contains("each side may have 1 to 4096", Fails(Make(60_000, 60_000, 8, 0, [0])), StringComparison.Ordinal);

    [Fact]
    public void Decode_MorePixelsThanTheHeaderSays_UnpacksNoMore() =>
        Assert.Equal([1, 2], Png.Decode(Make(2, 1, 8, 0, [0, 1, 2, .. new byte[1_000_000]])).Pixels);

    [Theory]
    [InlineData(8, 3, "palette")]
    [InlineData(8, 5, "does not exist")]
    [InlineData(3, 0, "does not exist")]
    public void Decode_ImpossibleKinds_AreNamed(byte bits, byte colorType, string expected) =>
        Assert.Contains(expected, Fails(Make(1, 1, bits, colorType, [0, 0])), StringComparison.Ordinal);

    [Fact]
    public void Decode_FewerPixelsThanTheHeaderSays_IsRefused() => Assert.Contains("truncated", Fails(Make(9, 9, 8, 0, [0, 1])), StringComparison.Ordinal);

    [Fact]
    public void Decode_NoPng_SaysSo() => Assert.Contains("signature", Fails("GIF89a"u8.ToArray()), StringComparison.Ordinal);

    private static string Fails(byte[] bytes) => Assert.Throws<PngFormatException>(() => Png.Decode(bytes)).Message;

    /// <summary>Row y is filtered with filter y.</summary>
    private static byte[] Filtered(GrayImage image)
    {
        var rows = new List<byte>();
        for (var y = 0; y < image.Height; y++)
        {
            rows.Add((byte)y);
            for (var x = 0; x < image.Width; x++)
            {
                var a = x > 0 ? image[x - 1, y] : 0;
                var b = y > 0 ? image[x, y - 1] : 0;
                var c = x > 0 && y > 0 ? image[x - 1, y - 1] : 0;
                var nearest = new[] { a, b, c }.MinBy(each => Math.Abs(a + b - c - each));
                rows.Add((byte)(image[x, y] - y switch { 1 => a, 2 => b, 3 => (a + b) / 2, 4 => nearest, _ => 0 }));
            }
        }

        return [.. rows];
    }

    private static byte[] Make(int width, int height, byte bits, byte colorType, byte[] rows, params (string Type, byte[] Data)[] extra)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (bits, colorType);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(rows);
        }

        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        foreach (var (type, data) in extra.Prepend(("IHDR", header)).Append(("IDAT", packed.ToArray())).Append(("IEND", [])))
        {
            PngChunkWriter.Write(file, type, data);
        }

        return file.ToArray();
    }
}

using VitLab.Vision;

namespace VitLab.Tests.Vision;

public class CropAndFlipTests
{
    private const int Side = 8;

    private static readonly byte[] s_picture = [.. Enumerable.Range(0, 3 * Side * Side).Select(i => (byte)(1 + i))];

    [Fact]
    public void Apply_NothingToVary_IsThePicture() => Assert.Equal(s_picture, Variant(padding: 0, mirrors: false, seed: 5));

    [Fact]
    public void Apply_SameSeed_IsTheSameVariant()
    {
        Assert.Equal(Variant(4, mirrors: true, seed: 9), Variant(4, mirrors: true, seed: 9));
        Assert.True(Enumerable.Range(0, 20).Select(seed => Convert.ToHexString(Variant(4, mirrors: true, (ulong)seed))).Distinct().Count() > 15);
    }

    // Every pixel of a variant is the picture's, as far down and as far right as every other one, or black where the border was.
    [Fact]
    public void Apply_Padding_CutsTheSizeOutOfThePaddedPictureAnywhere()
    {
        var offsets = Enumerable.Range(0, 400).Select(seed => OffsetOf(Variant(2, mirrors: false, (ulong)seed))).ToList();

        Assert.Equal(25, offsets.Distinct().Count());
        Assert.All(offsets, offset => Assert.True(Math.Abs(offset.Right) <= 2 && Math.Abs(offset.Down) <= 2));
    }

    [Fact]
    public void Apply_Mirrors_ExchangesLeftAndRightOfEveryOther()
    {
        var mirrored = s_picture.Chunk(Side).SelectMany(row => row.Reverse()).ToArray();
        var variants = Enumerable.Range(0, 400).Select(seed => Variant(0, mirrors: true, (ulong)seed)).ToList();

        Assert.All(variants, variant => Assert.True(variant.SequenceEqual(s_picture) || variant.SequenceEqual(mirrored)));
        Assert.InRange(variants.Count(variant => variant.SequenceEqual(mirrored)), 150, 250);
    }

    private static byte[] Variant(int padding, bool mirrors, ulong seed)
    {
        var target = new float[s_picture.Length];
        new CropAndFlip(3, Side, Side, padding, mirrors).Apply(s_picture, target, seed);
        return [.. target.Select(value => (byte)MathF.Round(value * 255))];
    }

    private static (int Right, int Down) OffsetOf(byte[] variant) => Assert.Single(
        from right in Enumerable.Range(-4, 9) from down in Enumerable.Range(-4, 9) select (right, down),
        offset => variant.SequenceEqual(Enumerable.Range(0, variant.Length).Select(i =>
        {
            var (x, y) = ((i % Side) + offset.right, (i / Side % Side) + offset.down);
            return x is < 0 or >= Side || y is < 0 or >= Side ? (byte)0 : s_picture[(i / (Side * Side) * Side * Side) + (y * Side) + x];
        })));
}

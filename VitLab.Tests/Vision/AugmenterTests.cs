using FsCheck;
using FsCheck.Fluent;
using VitLab.Data;
using VitLab.Vision;

namespace VitLab.Tests.Vision;

public class AugmenterTests
{
    private static readonly AugmentationOptions s_everything = AugmentationOptions.Default with { EraseChance = 0.5f, Elastic = 2, Thickness = 1 };

    [Fact]
    public void Apply_AnyImageAndSeed_StaysInRange() =>
        Properties.Hold(Prop.ForAll(
            Gen.Choose(0, int.MaxValue).ToArbitrary(),
            seed =>
            {
                var target = new float[784];
                new Augmenter(s_everything).Apply(GrayImages.Noise(28, 28, seed).Pixels, target, (ulong)seed);
                return target.All(value => value is >= 0 and <= 1.000001f);
            }));

    [Fact]
    public void Apply_SameSeed_GivesTheSameImage()
    {
        var source = PenDigits.Generate(1, seed: 1).Image(0);
        var (first, second, other) = (new float[784], new float[784], new float[784]);
        var augmenter = new Augmenter(s_everything);

        augmenter.Apply(source, first, seed: 7);
        augmenter.Apply(source, other, seed: 8);
        new Augmenter(s_everything).Apply(source, second, seed: 7);

        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void Apply_NoOptions_IsTheImageItself()
    {
        var source = GrayImages.Noise(28, 28, 2).Pixels;
        var target = new float[784];

        new Augmenter(AugmentationOptions.None).Apply(source, target, seed: 3);

        Assert.Equal(source.Select(value => value * (1f / 255)), target);
    }

    [Fact]
    public void Apply_TinyWarp_IsCloseToTheImage()
    {
        var source = PenDigits.Generate(1, seed: 3).Image(0).ToArray();
        var target = new float[784];

        new Augmenter(new AugmentationOptions { ShiftPixels = 1e-4f }).Apply(source, target, seed: 3);

        Assert.All(source.Zip(target), pair => Assert.Equal(pair.First / 255f, pair.Second, 1e-3f));
    }

    [Fact]
    public void Apply_Shift_MovesTheCenterOfMassNoFartherThanAsked()
    {
        var source = GrayImages.Rectangle(28, 28, 10, 8, 18, 20);
        var augmenter = new Augmenter(new AugmentationOptions { ShiftPixels = 3 });
        var moved = Enumerable.Range(0, 200).Select(seed => GrayImages.CenterOfMass(Bytes(augmenter, source, seed))).ToList();

        Assert.All(moved, at => Assert.True(Math.Abs(at.X - 13.5) < 3.05 && Math.Abs(at.Y - 13.5) < 3.05));
        Assert.InRange(moved.Max(at => at.X), 15.5, 16.6);
        Assert.InRange(moved.Min(at => at.Y), 10.4, 11.5);
    }

    [Fact]
    public void Apply_Rotation_KeepsMassAndMiddle()
    {
        var source = GrayImages.Rectangle(28, 28, 12, 6, 16, 22);
        var augmenter = new Augmenter(new AugmentationOptions { RotateDegrees = 25 });

        for (var seed = 0; seed < 50; seed++)
        {
            var image = Bytes(augmenter, source, seed);
            var (x, y) = GrayImages.CenterOfMass(image);

            Assert.Equal(13.5, x, 0.1);
            Assert.Equal(13.5, y, 0.1);
            Assert.Equal(1, (double)GrayImages.Ink(image) / GrayImages.Ink(source), 0.03);
        }
    }

    [Fact]
    public void Apply_Thickness_ChangesTheAmountOfInkBothWays()
    {
        var source = GrayImages.Rectangle(28, 28, 12, 6, 16, 22);
        var augmenter = new Augmenter(new AugmentationOptions { Thickness = 0.5f });
        var ink = Enumerable.Range(0, 100).Select(seed => (double)GrayImages.Ink(Bytes(augmenter, source, seed)) / GrayImages.Ink(source)).ToList();

        Assert.InRange(ink.Max(), 1.2, 1.35);
        Assert.InRange(ink.Min(), 0.65, 0.8);
        Assert.InRange(ink.Average(), 0.9, 1.1);
    }

    [Fact]
    public void Apply_Erase_BlanksARectangleNoLargerThanAsked()
    {
        var source = GrayImages.Rectangle(28, 28, 0, 0, 28, 28);
        var augmenter = new Augmenter(new AugmentationOptions { EraseChance = 1, EraseFraction = 0.5f });

        for (var seed = 0; seed < 50; seed++)
        {
            var blank = Bytes(augmenter, source, seed).Pixels.Count(value => value == 0);

            Assert.InRange(blank, 4 * 4, 14 * 14);
        }
    }

    [Fact]
    public void Apply_ManyTimes_AllocatesNothing()
    {
        var source = PenDigits.Generate(1, seed: 1).Image(0);
        var target = new float[784];
        var augmenter = new Augmenter(s_everything);
        augmenter.Apply(source, target, 0);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var seed = 1UL; seed < 200; seed++)
        {
            augmenter.Apply(source, target, seed);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(7, 13)]
    [InlineData(56, 56)]
    [InlineData(128, 100)]
    public void Apply_OtherSizes_Works(int width, int height)
    {
        var target = new float[width * height];

        new Augmenter(s_everything, width, height).Apply(GrayImages.Noise(width, height, 5).Pixels, target, seed: 5);

        Assert.All(target, value => Assert.InRange(value, 0, 1.000001f));
    }

    [Fact]
    public void Apply_WrongSize_SaysWhatIsExpected()
    {
        var augmenter = new Augmenter(AugmentationOptions.Default);

        var error = Assert.Throws<ArgumentException>(() => augmenter.Apply(new byte[783], new float[784], 1));

        Assert.Contains("28 × 28 = 784", error.Message, StringComparison.Ordinal);
    }

    private static GrayImage Bytes(Augmenter augmenter, GrayImage source, int seed)
    {
        var target = new float[source.Pixels.Length];
        augmenter.Apply(source.Pixels, target, (ulong)seed);
        return new GrayImage(source.Width, source.Height, [.. target.Select(value => (byte)MathF.Round(value * 255))]);
    }
}

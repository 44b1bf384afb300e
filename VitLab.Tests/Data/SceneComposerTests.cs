using FsCheck;
using FsCheck.Fluent;
using VitLab.Data;
using VitLab.Tests.Vision;
using VitLab.Vision;

namespace VitLab.Tests.Data;

public class SceneComposerTests
{
    private static readonly ImageSet s_digits = PenDigits.Generate(150, seed: 1);

    private const string ForeverSources = "6056,8001,1412,2682 3951,4490 9052,4935 3185,8599", ForeverBoxes = "6@25,11,18,16 7@20,38,30,30 9@63,37,21,33";

    private static readonly SceneVariation s_everything = new()
    {
        Augmentation = AugmentationOptions.Default,
        TouchChance = 0.5f,
        MarkChance = 0.5f,
        PenVariation = 1,
        Stretch = 0.2f,
    };

    public static TheoryData<int, int> Sizes => new() { { 56, 56 }, { 63, 91 }, { 112, 112 }, { 168, 56 }, { 101, 167 } };

    /// <summary>Each split's source digits are bars of a length of their own; whatever a scene shows may be of its split's alone.</summary>
    [Fact]
    public void Scenes_OfEachSplit_HoldDigitsOfThatSplitAlone()
    {
        var composer = new SceneComposer(SceneVariation.Plain with { MarkChance = 0, Stretch = 0, SmallestInk = 20, LargestInk = 20 });
        foreach (var width in (int[])[4, 10, 16])
        {
            var images = new ImageSet(1, 28, 28, [.. Enumerable.Repeat(GrayImages.Rectangle(28, 28, 6, 4, 6 + width, 24).Pixels, 30).SelectMany(pixels => pixels)], new byte[30]);
            var shown = Enumerable.Range(0, 30).SelectMany(i => composer.PlainPicture(images, i, 112, 112).Digits.Concat(composer.Picture(images, (ulong)i, 112, 112).Digits)).ToList();

            Assert.NotEmpty(shown);
            Assert.All(shown, digit => Assert.Equal((width, 20), (digit.Box.Width, digit.Box.Height)));
        }
    }

    [Fact]
    public void PlainSources_OverAWholeSplit_ShowNoDigitTwiceInOnePlace()
    {
        var composer = new SceneComposer(SceneVariation.Plain);
        var places = Enumerable.Range(0, 6).Select(_ => new List<int>()).ToList();
        for (var i = 0; i < 2_000; i++)
        {
            var sources = SourcesOf(composer, 2_000, i);
            Assert.Equal(composer.PlainDigits(i), sources.Length);
            foreach (var (place, source) in sources.Index())
            {
                places[place].Add(source);
            }
        }

        Assert.All(places, place => Assert.Equal(place.Count, place.Distinct().Count()));
        Assert.All(Enumerable.Range(0, 7), count => Assert.InRange(Enumerable.Range(0, 2_000).Count(i => composer.PlainDigits(i) == count), 220, 350));   // 286 expected
    }

    /// <summary>Results of different versions are comparable only while these stay.</summary>
    [Fact]
    public void PlainPicture_IsTheSameForever()
    {
        var composer = new SceneComposer(SceneVariation.Plain);

        Assert.Equal(ForeverSources, string.Join(' ', Enumerable.Range(0, 4).Select(i => string.Join(',', SourcesOf(composer, 10_000, i)))));
        Assert.Equal(ForeverBoxes, string.Join(' ', composer.PlainPicture(s_digits, 4, 112, 112).Digits.Take(3).Select(digit => $"{digit.Label}@{digit.Box.Left},{digit.Box.Top},{digit.Box.Width},{digit.Box.Height}")));
    }

    /// <summary>Without marks, all ink lies in boxes, each box ends where ink ends, and none comes closer to another than it may.</summary>
    [Theory]
    [MemberData(nameof(Sizes))]
    public void Compose_AnySeed_BoxesAreTheInksBounds(int width, int height) => Properties.Hold(Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        seed =>
        {
            var scene = new SceneComposer(s_everything with { MarkChance = 0, TouchChance = 0 }).Picture(s_digits, (ulong)seed, width, height);
            var boxes = scene.Digits.Select(digit => digit.Box).ToList();
            return boxes.TrueForAll(box => IsTight(scene.Picture, box))
                && boxes.SelectMany((a, i) => boxes.Skip(i + 1).Select(b => a.IsNearer(b, 1))).All(near => !near)
                && InkOutside(scene.Picture, boxes) == 0;
        }));

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Compose_AnySeed_TouchingDigitsOverlapALittleOnly(int width, int height) => Properties.Hold(Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        seed =>
        {
            var boxes = new SceneComposer(s_everything with { TouchChance = 1 }).Picture(s_digits, (ulong)seed, width, height).Digits.Select(digit => digit.Box).ToList();
            return boxes.SelectMany((a, i) => boxes.Skip(i + 1).Select(b => a.IsNearer(b, -4))).All(near => !near)
                && boxes.TrueForAll(box => box.Left >= 0 && box.Top >= 0 && box.Right <= width && box.Bottom <= height);
        }));

    [Fact]
    public void Compose_ManyScenes_HaveDigitsOfEverySizeAndNumberInReadingOrder()
    {
        var composer = new SceneComposer(s_everything);
        var scenes = Enumerable.Range(0, 400).Select(seed => composer.Picture(s_digits, (ulong)seed, 112, 112)).ToList();
        var heights = scenes.SelectMany(scene => scene.Digits.Select(digit => digit.Box.Height)).ToList();

        Assert.Equal([0, 1, 2, 3, 4, 5, 6], scenes.Select(scene => scene.Digits.Count).Distinct().Order());
        Assert.InRange(heights.Min(), 8, 17);                 // a fine pen takes a little off a digit's ends
        Assert.InRange(heights.Max(), 46, 54);
        Assert.All(scenes, scene =>
        {
            var order = new int[scene.Digits.Count];
            ReadingOrder.Of([.. scene.Digits.Select(digit => digit.Box)], order);
            Assert.Equal(Enumerable.Range(0, order.Length), order);
        });
    }

    // Marks are smaller than digits and keep off them: without digits all ink of a picture is marks.
    [Fact]
    public void Compose_Marks_AreThereByChanceAndKeepOffDigits()
    {
        var marked = new SceneComposer(SceneVariation.Plain with { MarkChance = 1 });
        var empty = new SceneComposer(SceneVariation.Plain with { MarkChance = 1, MostDigits = 0 });
        for (var seed = 0UL; seed < 100; seed++)
        {
            var (scene, marks) = (marked.Picture(s_digits, seed, 112, 112), empty.Picture(s_digits, seed, 112, 112));

            Assert.Empty(marks.Digits);
            Assert.False(marks.Picture.IsEmpty);
            Assert.All(scene.Digits, digit => Assert.True(IsTight(scene.Picture, digit.Box)));
            Assert.True(InkOutside(scene.Picture, [.. scene.Digits.Select(digit => digit.Box)]) > 0);
        }

        Assert.True(new SceneComposer(SceneVariation.Plain with { MarkChance = 0, MostDigits = 0 }).Picture(s_digits, 1, 112, 112).Picture.IsEmpty);
    }

    [Fact]
    public void Compose_SameSeed_GivesTheSameScene()
    {
        var (first, again, other) = (Pixels(7), Pixels(7), Pixels(8));

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);

        static byte[] Pixels(ulong seed) => new SceneComposer(s_everything).Picture(s_digits, seed, 112, 84).Picture.Pixels;
    }

    [Fact]
    public void Compose_FewestAndMost_BoundTheNumber()
    {
        var composer = new SceneComposer(SceneVariation.Plain with { FewestDigits = 3, MostDigits = 4, LargestInk = 20 });

        Assert.All(Enumerable.Range(0, 100), seed => Assert.InRange(composer.Picture(s_digits, (ulong)seed, 112, 112).Digits.Count, 3, 4));
    }

    [Fact]
    public void Compose_ManyTimes_AllocatesNothing()
    {
        var composer = new SceneComposer(s_everything);
        var (pixels, digits) = (new float[112 * 112], new SceneDigit[6]);
        composer.Compose(s_digits, 0, 112, 112, pixels, digits);
        composer.ComposePlain(s_digits, 0, 112, 112, pixels, digits);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 1; i < 50; i++)
        {
            composer.Compose(s_digits, (ulong)i, 112, 112, pixels, digits);
            composer.ComposePlain(s_digits, i, 112, 112, pixels, digits);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Create_OutOfRange_NamesTheField()
    {
        Assert.Equal("MostDigits", Refused(new SceneVariation { MostDigits = 13 }));
        Assert.Equal("FewestDigits", Refused(new SceneVariation { FewestDigits = 4, MostDigits = 3 }));
        Assert.Equal("SmallestInk", Refused(new SceneVariation { SmallestInk = 4 }));
        Assert.Equal("LargestInk", Refused(new SceneVariation { SmallestInk = 30, LargestInk = 20 }));
        Assert.Equal("MarkChance", Refused(new SceneVariation { MarkChance = float.NaN }));

        static string? Refused(SceneVariation variation) => Assert.Throws<ArgumentOutOfRangeException>(() => new SceneComposer(variation)).ParamName;
    }

    [Fact]
    public void Compose_WrongSizes_SayWhatIsExpected()
    {
        var composer = new SceneComposer(SceneVariation.Plain);
        var colour = new ImageSet(3, 32, 32, new byte[3 * 32 * 32], [1]);

        Assert.Contains("1 × 28 × 28, got 3 × 32 × 32", Assert.Throws<ArgumentException>(() => composer.Picture(colour, 1, 56, 56)).Message, StringComparison.Ordinal);
        Assert.Equal("width", Assert.Throws<ArgumentOutOfRangeException>(() => composer.Picture(s_digits, 1, 55, 56)).ParamName);
        Assert.Equal("height", Assert.Throws<ArgumentOutOfRangeException>(() => composer.PlainPicture(s_digits, 1, 56, 169)).ParamName);
        Assert.Contains("56 × 56 = 3136, got 9", Assert.Throws<ArgumentException>(() => composer.Compose(s_digits, 1, 56, 56, new float[9], new SceneDigit[6])).Message, StringComparison.Ordinal);
        Assert.Contains("room for 6, got 5", Assert.Throws<ArgumentException>(() => composer.Compose(s_digits, 1, 56, 56, new float[56 * 56], new SceneDigit[5])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => composer.PlainPicture(s_digits, s_digits.Count, 56, 56));
    }

    private static int[] SourcesOf(SceneComposer composer, int count, int index)
    {
        var sources = new int[SceneComposer.MostDigits];
        return sources[..composer.PlainSources(count, index, sources)];
    }

    private static bool IsTight(GrayImage picture, InkBox box)
    {
        var (left, top, right, bottom) = ((int)box.Left, (int)box.Top, (int)box.Right, (int)box.Bottom);
        return HasInk(picture, left, top, left + 1, bottom) && HasInk(picture, right - 1, top, right, bottom) && HasInk(picture, left, top, right, top + 1) && HasInk(picture, left, bottom - 1, right, bottom);
    }

    private static bool HasInk(GrayImage picture, int left, int top, int right, int bottom) =>
        Enumerable.Range(top, bottom - top).Any(y => Enumerable.Range(left, right - left).Any(x => picture[x, y] > 0));

    private static int InkOutside(GrayImage picture, List<InkBox> boxes) => Enumerable.Range(0, picture.Pixels.Length).Count(i =>
        picture.Pixels[i] > 0 && !boxes.Exists(box => i % picture.Width >= box.Left && i % picture.Width < box.Right && i / picture.Width >= box.Top && i / picture.Width < box.Bottom));
}

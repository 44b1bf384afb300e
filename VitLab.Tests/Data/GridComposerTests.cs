using FsCheck;
using FsCheck.Fluent;
using VitLab.Data;
using VitLab.Tests.Vision;
using VitLab.Vision;

namespace VitLab.Tests.Data;

public class GridComposerTests
{
    private static readonly ImageSet s_digits = PenDigits.Generate(150, seed: 1);

    private static readonly GridVariation s_everything = new() { Augmentation = AugmentationOptions.Default, JitterPixels = 6, EmptyChance = 0.3f };

    public static TheoryData<int, int> Shapes => new() { { 1, 1 }, { 2, 2 }, { 3, 3 }, { 4, 4 }, { 2, 3 } };

    /// <summary>Grids of every split are made of its own images alone, and no image is in two splits.</summary>
    [Theory]
    [InlineData("mnist")]
    [InlineData("pen")]
    [InlineData("mix")]
    public void Grids_OfEachSplit_HoldImagesOfThatSplitAlone(string source)
    {
        using var data = new TinyMnist();
        var splits = data.Catalog().Load(source, seed: 1);
        var own = Enum.GetValues<Split>().ToDictionary(split => split, split => Images(splits[split]));
        var composer = new GridComposer(2, 2);

        foreach (var split in Enum.GetValues<Split>())
        {
            var images = splits[split];
            HashSet<string> seen = [];
            for (var i = 0; i < images.Count; i++)
            {
                seen.UnionWith(CellsOf(composer, composer.Plain(images, i)));
                seen.UnionWith(CellsOf(composer, composer.Varied(images, (ulong)i)));
            }

            Assert.Equal(own[split], seen);
            Assert.All(own.Where(other => other.Key != split), other => Assert.Empty(other.Value.Intersect(seen)));
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Sources_AnySeed_AreIndicesOfTheSet(int rows, int columns)
    {
        var composer = new GridComposer(rows, columns, s_everything);
        var sources = new int[rows * columns];

        for (var seed = 0UL; seed < 500; seed++)
        {
            composer.Sources(7, seed, sources);

            Assert.All(sources, source => Assert.InRange(source, GridComposer.Empty, 6));
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void PlainSources_OverAWholeSplit_ReadEachDigitOnceInEachCell(int rows, int columns)
    {
        var composer = new GridComposer(rows, columns);
        foreach (var count in (int[])[1, 2, 5, 20, 1_000, 1_025])
        {
            var cells = Enumerable.Range(0, rows * columns).Select(_ => new List<int>()).ToList();
            var sources = new int[rows * columns];
            for (var i = 0; i < count; i++)
            {
                composer.PlainSources(count, i, sources);

                Assert.Equal(i, sources[0]);
                for (var cell = 0; cell < sources.Length; cell++)
                {
                    cells[cell].Add(sources[cell]);
                }
            }

            Assert.All(cells, cell => Assert.Equal(Enumerable.Range(0, count), cell.Order()));
        }
    }

    /// <summary>Neighbours in the set, which may be written by one person, meet as rarely as chance has it.</summary>
    [Fact]
    public void PlainSources_DifferentCells_AreUnrelated()
    {
        const int Count = 10_000;
        var composer = new GridComposer(2, 2);
        var sources = Enumerable.Range(0, Count).Select(i => { var four = new int[4]; composer.PlainSources(Count, i, four); return four; }).ToList();

        for (var a = 0; a < 4; a++)
        {
            for (var b = a + 1; b < 4; b++)
            {
                Assert.InRange(Correlation([.. sources.Select(four => (double)four[a])], [.. sources.Select(four => (double)four[b])]), -0.04, 0.04);
                Assert.InRange(sources.Count(four => four[a] == four[b]), 0, 6);
            }
        }
    }

    /// <summary>Results of different versions are comparable only while these stay.</summary>
    [Fact]
    public void PlainSources_AreTheSameForever()
    {
        var composer = new GridComposer(2, 2);
        var sources = new int[4];

        composer.PlainSources(10_000, 0, sources);
        Assert.Equal([0, 832, 2542, 8883], sources);
        composer.PlainSources(10_000, 9_999, sources);
        Assert.Equal([9_999, 6_629, 2_455, 5_048], sources);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ComposePlain_EveryCell_HoldsItsSourceUntouchedWithItsLabel(int rows, int columns)
    {
        var composer = new GridComposer(rows, columns, s_everything);
        var sources = new int[rows * columns];

        for (var i = 0; i < 20; i++)
        {
            var grid = composer.Plain(s_digits, i);
            composer.PlainSources(s_digits.Count, i, sources);

            Assert.Equal(sources.Select(s_digits.Label), grid.Labels);
            Assert.Equal(sources.Select(source => Convert.ToHexString(s_digits.Image(source))), CellsOf(composer, grid));
        }
    }

    [Fact]
    public void PlainPicture_IsTheComposedGrid()
    {
        var composer = new GridComposer(2, 3);
        var (pixels, labels) = composer.Plain(s_digits, 4);

        var picture = composer.PlainPicture(s_digits, 4);

        Assert.Equal((84, 56), (picture.Picture.Width, picture.Picture.Height));
        Assert.Equal(pixels, picture.Picture.Pixels.Select(pixel => pixel * (1f / 255)));
        Assert.Equal(labels, picture.Labels);
    }

    [Fact]
    public void Compose_AnySeed_LabelsTheDigitsItPastes() =>
        Properties.Hold(Prop.ForAll(
            Gen.Choose(0, int.MaxValue).ToArbitrary(),
            seed =>
            {
                var composer = new GridComposer(2, 2, new GridVariation { EmptyChance = 0.4f });
                var (grid, sources) = (composer.Varied(s_digits, (ulong)seed), new int[4]);
                composer.Sources(s_digits.Count, (ulong)seed, sources);
                var cells = CellsOf(composer, grid);
                return sources.Index().All(cell => cell.Item == GridComposer.Empty
                    ? grid.Labels[cell.Index] == GridComposer.Empty && cells[cell.Index].All(digit => digit == '0')
                    : grid.Labels[cell.Index] == s_digits.Label(cell.Item) && cells[cell.Index] == Convert.ToHexString(s_digits.Image(cell.Item)));
            }));

    [Fact]
    public void Compose_SameSeed_GivesTheSameGrid()
    {
        var composer = new GridComposer(2, 2, s_everything);
        var (first, other) = (composer.Varied(s_digits, 7), composer.Varied(s_digits, 8));
        var again = new GridComposer(2, 2, s_everything).Varied(s_digits, 7);

        Assert.Equal(first.Pixels, again.Pixels);
        Assert.Equal(first.Labels, again.Labels);
        Assert.NotEqual(first.Pixels, other.Pixels);
    }

    /// <summary>What is drawn does not depend on how it is varied, so runs with and without augmentation see the same digits.</summary>
    [Fact]
    public void Sources_OtherAugmentationAndJitter_StayTheSame()
    {
        var (plain, varied) = (new int[9], new int[9]);

        new GridComposer(3, 3, new GridVariation { EmptyChance = 0.3f }).Sources(100, 5, plain);
        new GridComposer(3, 3, s_everything).Sources(100, 5, varied);

        Assert.Equal(plain, varied);
    }

    [Fact]
    public void Sources_ManySeeds_AreUniform()
    {
        var counts = new int[10];
        var (composer, sources) = (new GridComposer(2, 2), new int[4]);
        for (var seed = 0UL; seed < 5_000; seed++)
        {
            composer.Sources(10, SeededRandom.Mix(1, seed), sources);
            Array.ForEach(sources, source => counts[source]++);
        }

        Assert.All(counts, count => Assert.InRange(count, 1_850, 2_150));   // 2,000 expected, standard deviation 42
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.2f, 0.2)]
    [InlineData(0.5f, 0.484)]                                        // 0.5 - 0.5^4 / 4: where all four would be empty, one is filled
    [InlineData(1, 0.75)]
    public void Sources_EmptyChance_LeavesThatShareEmptyButNeverAll(float chance, double expected)
    {
        const int Grids = 5_000;
        var (composer, sources, empty) = (new GridComposer(2, 2, new GridVariation { EmptyChance = chance }), new int[4], new int[4]);
        for (var seed = 0UL; seed < Grids; seed++)
        {
            composer.Sources(10, SeededRandom.Mix(2, seed), sources);

            Assert.Contains(sources, source => source != GridComposer.Empty);
            for (var cell = 0; cell < 4; cell++)
            {
                empty[cell] += sources[cell] == GridComposer.Empty ? 1 : 0;
            }
        }

        Assert.All(empty, count => Assert.Equal(expected, (double)count / Grids, 0.025));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(28)]
    public void Compose_Jitter_MovesDigitsNoFartherThanAskedAndInsideTheirCells(int jitter)
    {
        var digit = new ImageSet(1, 28, 28, Vision.GrayImages.Rectangle(28, 28, 6, 4, 24, 24, ink: 200).Pixels, [1]);   // room: 6 px on the left, 4 on every other side
        var composer = new GridComposer(2, 2, new GridVariation { JitterPixels = jitter });
        HashSet<int> across = [], down = [];
        for (var seed = 0UL; seed < 400; seed++)
        {
            foreach (var cell in CellsOf(composer, composer.Varied(digit, seed)))
            {
                var box = Vision.GrayImages.Box(new GrayImage(28, 28, Convert.FromHexString(cell)));

                Assert.Equal((18, 20), (box.Right - box.Left, box.Bottom - box.Top));
                across.Add(box.Left - 6);
                down.Add(box.Top - 4);
            }
        }

        Assert.Equal(Enumerable.Range(-Math.Min(jitter, 6), Math.Min(jitter, 6) + Math.Min(jitter, 4) + 1), across.Order());
        Assert.Equal(Enumerable.Range(-Math.Min(jitter, 4), (2 * Math.Min(jitter, 4)) + 1), down.Order());
    }

    [Fact]
    public void Compose_Augmented_VariesEachDigitByItself()
    {
        var four = new ImageSet(1, 28, 28, s_digits.Image(4).ToArray(), [4]);

        var grid = new GridComposer(2, 2, new GridVariation { Augmentation = AugmentationOptions.Default }).Varied(four, 3);

        Assert.Equal([4, 4, 4, 4], grid.Labels);
        Assert.Equal(4, CellsOf(new GridComposer(2, 2), grid).Distinct().Count());
        Assert.All(grid.Pixels, pixel => Assert.InRange(pixel, 0, 1.000001f));
    }

    [Fact]
    public void Compose_ManyTimes_AllocatesNothing()
    {
        var composer = new GridComposer(3, 3, s_everything);
        var (pixels, labels) = (new float[84 * 84], new int[9]);
        composer.Compose(s_digits, 0, pixels, labels);
        composer.ComposePlain(s_digits, 0, pixels, labels);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 1; i < 100; i++)
        {
            composer.Compose(s_digits, (ulong)i, pixels, labels);
            composer.ComposePlain(s_digits, i, pixels, labels);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Create_OutOfRange_NamesTheField()
    {
        Assert.Equal("rows", Assert.Throws<ArgumentOutOfRangeException>(() => new GridComposer(0, 2)).ParamName);
        Assert.Equal("columns", Assert.Throws<ArgumentOutOfRangeException>(() => new GridComposer(2, 12)).ParamName);
        Assert.Contains("JitterPixels", Assert.Throws<ArgumentOutOfRangeException>(() => new GridComposer(2, 2, new GridVariation { JitterPixels = 29 })).ParamName, StringComparison.Ordinal);
        Assert.Contains("EmptyChance", Assert.Throws<ArgumentOutOfRangeException>(() => new GridComposer(2, 2, new GridVariation { EmptyChance = 1.1f })).ParamName, StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_WrongSizes_SayWhatIsExpected()
    {
        var composer = new GridComposer(2, 2);
        var colour = new ImageSet(3, 32, 32, new byte[3 * 32 * 32], [1]);

        Assert.Contains("1 × 28 × 28, got 3 × 32 × 32", Assert.Throws<ArgumentException>(() => composer.Compose(colour, 1, new float[56 * 56], new int[4])).Message, StringComparison.Ordinal);
        Assert.Contains("56 × 56 = 3136, got 784", Assert.Throws<ArgumentException>(() => composer.ComposePlain(s_digits, 1, new float[784], new int[4])).Message, StringComparison.Ordinal);
        Assert.Contains("2 × 2 cells, got 3", Assert.Throws<ArgumentException>(() => composer.Compose(s_digits, 1, new float[56 * 56], new int[3])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => composer.ComposePlain(s_digits, s_digits.Count, new float[56 * 56], new int[4]));
    }

    private static HashSet<string> Images(ImageSet images) => [.. Enumerable.Range(0, images.Count).Select(i => Convert.ToHexString(images.Image(i)))];

    /// <summary>The bytes of each cell, to compare with those of a source image.</summary>
    private static List<string> CellsOf(GridComposer composer, (float[] Pixels, int[] Labels) grid)
    {
        var picture = Picture(composer, grid);
        return [.. Enumerable.Range(0, composer.Cells).Select(cell => Convert.ToHexString(
            [.. from y in Enumerable.Range(cell / composer.Columns * 28, 28) from x in Enumerable.Range(cell % composer.Columns * 28, 28) select picture[x, y]]))];
    }

    private static GrayImage Picture(GridComposer composer, (float[] Pixels, int[] Labels) grid) =>
        new(composer.Width, composer.Height, [.. grid.Pixels.Select(pixel => (byte)MathF.Round(pixel * 255))]);

    private static double Correlation(double[] a, double[] b)
    {
        var (meanA, meanB) = (a.Average(), b.Average());
        return a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum() / Math.Sqrt(a.Sum(x => (x - meanA) * (x - meanA)) * b.Sum(y => (y - meanB) * (y - meanB)));
    }
}

file static class Grids
{
    public static (float[] Pixels, int[] Labels) Plain(this GridComposer composer, ImageSet images, int index)
    {
        var (pixels, labels) = (new float[composer.Width * composer.Height], new int[composer.Cells]);
        composer.ComposePlain(images, index, pixels, labels);
        return (pixels, labels);
    }

    public static (float[] Pixels, int[] Labels) Varied(this GridComposer composer, ImageSet images, ulong seed)
    {
        var (pixels, labels) = (new float[composer.Width * composer.Height], new int[composer.Cells]);
        composer.Compose(images, seed, pixels, labels);
        return (pixels, labels);
    }
}

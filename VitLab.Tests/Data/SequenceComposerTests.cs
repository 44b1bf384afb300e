using VitLab.Data;
using VitLab.Vision;

namespace VitLab.Tests.Data;

public class SequenceComposerTests
{
    private const int Side = 28;

    private static readonly ImageSet s_digits = PenDigits.Generate(200, seed: 1);

    public static TheoryData<bool> Kinds => [false, true];

    /// <summary>Strips of every split are made of its own images alone, and no image is in two splits.</summary>
    [Theory]
    [InlineData("mnist", false)]
    [InlineData("pen", true)]
    [InlineData("mix", false)]
    public void Strips_OfEachSplit_HoldImagesOfThatSplitAlone(string source, bool isAnchored)
    {
        using var data = new TinyMnist();
        var splits = data.Catalog().Load(source, seed: 1);
        var own = Enum.GetValues<Split>().ToDictionary(split => split, split => Enumerable.Range(0, splits[split].Count).Select(i => Key(splits[split].Image(i))).ToHashSet());
        var composer = new SequenceComposer(isAnchored);
        var (pixels, labels) = (new float[composer.Width * SequenceComposer.Height], new int[composer.Cells]);

        foreach (var split in Enum.GetValues<Split>())
        {
            HashSet<string> seen = [];
            for (var i = 0; i < splits[split].Count; i++)
            {
                composer.ComposePlain(splits[split], i, pixels, labels);
                seen.UnionWith(DigitsOf(pixels, labels));
                composer.Compose(splits[split], (ulong)i, pixels, labels);
                seen.UnionWith(DigitsOf(pixels, labels));
            }

            Assert.NotEmpty(seen);
            Assert.Subset(own[split], seen);
            Assert.All(own.Where(other => other.Key != split), other => Assert.Empty(other.Value.Intersect(seen)));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Sources_ManySeeds_HaveEveryLengthAlikeAndNoGaps(bool isAnchored)
    {
        const int Strips = 10_000;
        var composer = new SequenceComposer(isAnchored);
        var lengths = new int[SequenceComposer.MostDigits + 1];

        for (var seed = 0UL; seed < Strips; seed++)
        {
            var sequence = Sources(composer, s_digits, seed).AsSpan(isAnchored ? 1 : 0);
            var length = sequence.IndexOf(SequenceComposer.Empty) is var end and >= 0 ? end : sequence.Length;
            Assert.False(sequence[length..].ContainsAnyExcept(SequenceComposer.Empty));
            lengths[length]++;
        }

        Assert.Equal(0, lengths[0]);
        Assert.All(lengths[1..], count => Assert.InRange(count, (Strips / 10) - 150, (Strips / 10) + 150));   // five deviations of chance
    }

    /// <summary>No leak: the model cannot find the anchor by its picture, nor learn anything from there being one.</summary>
    [Fact]
    public void Sources_WithAnAnchor_NeverHoldItsPictureAgain()
    {
        var composer = new SequenceComposer(isAnchored: true);

        for (var seed = 0UL; seed < 5_000; seed++)
        {
            var (training, plain) = (Sources(composer, s_digits, seed), new int[composer.Cells]);
            composer.PlainSources(s_digits, (int)(seed % 200), plain);

            Assert.DoesNotContain(training[0], training[1..]);
            Assert.DoesNotContain(plain[0], plain[1..]);
        }
    }

    [Fact]
    public void Sources_WithAnAnchor_AreBalancedAtEveryLengthAndForEveryDigit()
    {
        const int Strips = 20_000;
        var composer = new SequenceComposer(isAnchored: true);
        var (byLength, byDigit) = (new Balance(11), new Balance(10));

        for (var seed = 0UL; seed < Strips; seed++)
        {
            int[] labels = [.. Sources(composer, s_digits, seed).Where(source => source != SequenceComposer.Empty).Select(source => s_digits.Label(source))];
            var isPresent = labels.AsSpan(1).Contains(labels[0]);
            byLength.Add(labels.Length - 1, isPresent);
            byDigit.Add(labels[0], isPresent);
        }

        Assert.All(byLength.Shares[1..].Concat(byDigit.Shares), share => Assert.InRange(share, 0.44, 0.56));   // five deviations of 2,000 throws
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Compose_TheSameSeed_IsTheSameStripAndAnotherIsNot(bool isAnchored)
    {
        var composer = new SequenceComposer(isAnchored, AugmentationOptions.Default);

        var (first, again, other) = (Composed(composer, 7), Composed(new SequenceComposer(isAnchored, AugmentationOptions.Default), 7), Composed(composer, 8));

        Assert.Equal(first.Pixels, again.Pixels);
        Assert.Equal(first.Labels, again.Labels);
        Assert.NotEqual(first.Pixels, other.Pixels);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ComposePlain_EachCell_IsItsSourceAndItsLabelOrBare(bool isAnchored)
    {
        var composer = new SequenceComposer(isAnchored);
        var (pixels, labels, sources) = (new float[composer.Width * Side], new int[composer.Cells], new int[composer.Cells]);
        for (var index = 0; index < 50; index++)
        {
            composer.ComposePlain(s_digits, index, pixels, labels);
            composer.PlainSources(s_digits, index, sources);

            for (var cell = 0; cell < composer.Cells; cell++)
            {
                byte[] expected = sources[cell] == SequenceComposer.Empty ? new byte[Side * Side] : s_digits.Image(sources[cell]).ToArray();
                Assert.Equal(expected, CellOf(pixels, composer.Cells, cell));
                Assert.Equal(sources[cell] == SequenceComposer.Empty ? SequenceComposer.Empty : s_digits.Label(sources[cell]), labels[cell]);
            }
        }
    }

    /// <summary>Results of different versions are comparable only while these stay.</summary>
    [Fact]
    public void PlainSources_AreTheSameForever()
    {
        var (sum, anchored) = (new int[10], new int[11]);

        new SequenceComposer(isAnchored: false).PlainSources(s_digits, 3, sum);
        new SequenceComposer(isAnchored: true).PlainSources(s_digits, 3, anchored);

        Assert.Equal([32, 12, 139, 162, -1, -1, -1, -1, -1, -1], sum);
        Assert.Equal([32, 29, 45, 82, 37, -1, -1, -1, -1, -1, -1], anchored);
    }

    [Fact]
    public void Compose_WarmedUp_AllocatesNothing()
    {
        var composer = new SequenceComposer(isAnchored: true, AugmentationOptions.Default);
        var (pixels, labels) = (new float[composer.Width * Side], new int[composer.Cells]);
        composer.Compose(s_digits, 0, pixels, labels);

        var before = GC.GetAllocatedBytesForCurrentThread();
        composer.Compose(s_digits, 1, pixels, labels);
        composer.ComposePlain(s_digits, 1, pixels, labels);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Compose_WhatCannotBe_SaysWhatIsExpected()
    {
        var composer = new SequenceComposer(isAnchored: true);
        var (pixels, labels) = (new float[composer.Width * Side], new int[composer.Cells]);
        var (small, alike) = (new ImageSet(1, 8, 8, new byte[64], [3]), new ImageSet(1, Side, Side, new byte[2 * Side * Side], [3, 3]));

        Assert.Contains("28 × 28", Assert.Throws<ArgumentException>(() => composer.Compose(small, 1, pixels, labels)).Message, StringComparison.Ordinal);
        Assert.Equal("labels", Assert.Throws<ArgumentException>(() => composer.Compose(s_digits, 1, pixels, new int[10])).ParamName);
        Assert.Equal("pixels", Assert.Throws<ArgumentException>(() => composer.Compose(s_digits, 1, new float[10], labels)).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => composer.ComposePlain(s_digits, 200, pixels, labels));
        Assert.Contains("digit 3 needs pictures of other digits", Assert.Throws<ArgumentException>(() =>
        {
            for (var seed = 0UL; seed < 100; seed++)
            {
                composer.Compose(alike, seed, pixels, labels);
            }
        }).Message, StringComparison.Ordinal);
    }

    private static int[] Sources(SequenceComposer composer, ImageSet images, ulong seed)
    {
        var sources = new int[composer.Cells];
        composer.Sources(images, seed, sources);
        return sources;
    }

    private static (float[] Pixels, int[] Labels) Composed(SequenceComposer composer, ulong seed)
    {
        var (pixels, labels) = (new float[composer.Width * Side], new int[composer.Cells]);
        composer.Compose(s_digits, seed, pixels, labels);
        return (pixels, labels);
    }

    private static IEnumerable<string> DigitsOf(float[] pixels, int[] labels) =>
        Enumerable.Range(0, labels.Length).Where(cell => labels[cell] != SequenceComposer.Empty).Select(cell => Key(CellOf(pixels, labels.Length, cell)));

    private static byte[] CellOf(float[] pixels, int cells, int cell) =>
        [.. Enumerable.Range(0, Side * Side).Select(p => (byte)MathF.Round(255 * pixels[(p / Side * cells * Side) + (cell * Side) + (p % Side)]))];

    private static string Key(ReadOnlySpan<byte> image) => Convert.ToBase64String(image);

    /// <summary>How often the anchor's digit is there, for each of several kinds of strips.</summary>
    private sealed class Balance(int kinds)
    {
        private readonly int[] _present = new int[kinds];
        private readonly int[] _all = new int[kinds];

        public double[] Shares => [.. _present.Zip(_all, (present, all) => all == 0 ? 0 : (double)present / all)];

        public void Add(int kind, bool isPresent)
        {
            _all[kind]++;
            _present[kind] += isPresent ? 1 : 0;
        }
    }
}

using VitLab.Data;
using VitLab.Tests.Runs;
using VitLab.Vision;

namespace VitLab.Tests.Data;

public sealed class CorrectionDigitsTests
{
    private static readonly Drawing[] s_drawings = [.. Enumerable.Range(0, 3).Select(digit => PenDigits.Draw(digit, seed: 5) with { Label = [digit] })];

    [Fact]
    public void Normalize_LabelledDrawings_AreSourceDigitsAsTheModelSeesThem()
    {
        var digits = CorrectionDigits.Normalize(s_drawings);

        Assert.Equal([0, 1, 2], digits.Labels.Select(label => (int)label));
        Assert.Equal(MnistNormalizer.Normalize(s_drawings[1])!.Pixels, digits.Image(1).ToArray());
    }

    [Fact]
    public void Normalize_DrawingWithoutInk_IsLeftOut()
    {
        var blank = new Drawing(280, 280, []) { Label = [4] };

        Assert.Equal([0, 1, 2], CorrectionDigits.Normalize([.. s_drawings, blank]).Labels.Select(label => (int)label));
        Assert.Contains("none of the 1 drawings has ink", Assert.Throws<DataException>(() => CorrectionDigits.Normalize([blank])).Message, StringComparison.Ordinal);
        Assert.Contains("there are none", Assert.Throws<DataException>(() => CorrectionDigits.Normalize([])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Normalize_DrawingOfSeveralDigits_IsRefusedByNumber() =>
        Assert.Contains("drawing 4", Assert.Throws<DataException>(() => CorrectionDigits.Normalize([.. s_drawings, s_drawings[0] with { Label = [1, 2] }])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.25)]
    [InlineData(0.9)]
    public void MixInto_Share_IsReachedAndEveryCorrectionComesEquallyOften(double share)
    {
        var corrections = CorrectionDigits.Normalize(s_drawings);

        var mixed = CorrectionDigits.MixInto(TinyData.Splits, corrections, share).Train;

        var added = mixed.Count - TinyData.Splits.Train.Count;
        Assert.InRange((double)added / mixed.Count, share, share + (1.0 / mixed.Count));
        var copies = Enumerable.Range(0, corrections.Count).Select(index => CountOf(mixed, corrections.Image(index))).ToList();
        Assert.Equal(added, copies.Sum());
        Assert.InRange(copies.Max() - copies.Min(), 0, 1);
    }

    [Fact]
    public void MixInto_SourceSplits_StayAsTheyWere()
    {
        var corrections = CorrectionDigits.Normalize(s_drawings);

        var mixed = CorrectionDigits.MixInto(TinyData.Splits, corrections, 0.5);

        var train = TinyData.Splits.Train;
        Assert.Equal(train.Pixels, mixed.Train.Pixels[..train.Pixels.Length]);
        Assert.Equal(train.Labels, mixed.Train.Labels[..train.Count]);
        Assert.Same(TinyData.Splits.Validation, mixed.Validation);
        Assert.Same(TinyData.Splits.Test, mixed.Test);
        Assert.All(Enumerable.Range(0, corrections.Count), index =>
        {
            Assert.Equal(0, CountOf(mixed.Validation, corrections.Image(index)));
            Assert.Equal(0, CountOf(mixed.Test, corrections.Image(index)));
        });
    }

    [Fact]
    public void MixInto_Description_SaysWhatWasMixedAndTheChecksumFollows()
    {
        var corrections = CorrectionDigits.Normalize(s_drawings);

        var mixed = CorrectionDigits.MixInto(TinyData.Splits, corrections, 0.25);

        Assert.Equal("tiny", mixed.Source);
        Assert.Contains("25% of what it trains on repeats 3 corrected drawings", mixed.Description, StringComparison.Ordinal);
        string[] checksums =
        [
            TinyData.Splits.Checksum, mixed.Checksum, CorrectionDigits.MixInto(TinyData.Splits, corrections, 0.5).Checksum,
            CorrectionDigits.MixInto(TinyData.Splits, CorrectionDigits.Normalize(s_drawings[1..]), 0.25).Checksum,
        ];
        Assert.Equal(4, checksums.Distinct().Count());
        Assert.Equal(mixed.Checksum, CorrectionDigits.MixInto(TinyData.Splits, corrections, 0.25).Checksum);
    }

    [Fact]
    public void MixInto_ImagesOfAnotherShape_AreRefused()
    {
        var colour = new ImageSet(3, 32, 32, new byte[3 * 32 * 32], [1]);

        Assert.Contains("3 × 32 × 32", Assert.Throws<DataException>(() => CorrectionDigits.MixInto(new ImageSplits("x", "", "", colour, colour, colour), CorrectionDigits.Normalize(s_drawings), 0.5)).Message, StringComparison.Ordinal);
    }

    private static int CountOf(ImageSet images, ReadOnlySpan<byte> picture)
    {
        var count = 0;
        for (var index = 0; index < images.Count; index++)
        {
            count += images.Image(index).SequenceEqual(picture) ? 1 : 0;
        }

        return count;
    }
}

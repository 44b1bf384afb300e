using FsCheck;
using FsCheck.Fluent;
using VitLab.Detection;
using VitLab.Tests.Vision;
using VitLab.Vision;

namespace VitLab.Tests.Detection;

public class SuppressionTests
{
    // By hand: 1 and 2 share 60 of 140 px² (0.43), 1 and 3 share 20 of 180 (0.11), 2 and 3 share 60 of 140.
    private static readonly FoundDigit s_first = Digit(0, 0.9f, 7), s_second = Digit(4, 0.8f, 1), s_third = Digit(8, 0.7f, 1);

    [Theory]
    [InlineData(0.1f, new[] { 0f })]
    [InlineData(0.4f, new[] { 0f, 8f })]             // the second is gone before it could silence the third
    [InlineData(0.5f, new[] { 0f, 4f, 8f })]
    public void Apply_ThreeInARow_KeepsTheSurestAndWhatItDoesNotCover(float overlap, float[] lefts) =>
        Assert.Equal(lefts, Suppression.Apply([s_third, s_first, s_second], overlap).Select(digit => digit.Box.Left));

    [Fact]
    public void Apply_OtherDigitsAtOnePlace_AreOneDigitAllTheSame()
    {
        var kept = Assert.Single(Suppression.Apply([s_first, s_first with { Presence = 0.5f, Probabilities = OneHot(3) }], 0.5f));

        Assert.Equal((7, 0.9f), (kept.Label, kept.Presence));
    }

    /// <summary>The order in which patches answer changes nothing; what is sure does not depend on what is unsure; moving all moves all.</summary>
    [Fact]
    public void Apply_ShuffledThinnedOrMoved_KeepsTheSameDigits() => Properties.Hold(Prop.ForAll(
        (from count in Gen.Choose(0, 12) from seed in Gen.Choose(0, 1_000_000) select (count, seed)).ToArbitrary(),
        each =>
        {
            var random = new Random(each.seed);
            FoundDigit[] found = [.. Enumerable.Range(0, each.count).Select(_ => Digit(random.Next(40), random.NextSingle(), random.Next(10)))];
            var kept = Suppression.Apply(found, 0.3f);
            var shuffled = Suppression.Apply(found.OrderBy(_ => random.Next()), 0.3f);
            var sure = Suppression.Apply(found.Where(digit => digit.Presence >= 0.5f), 0.3f);
            var moved = Suppression.Apply(found.Select(digit => digit with { Box = digit.Box with { Left = digit.Box.Left + 14, Top = 28 } }), 0.3f);
            return kept.SequenceEqual(shuffled)
                && kept.Where(digit => digit.Presence >= 0.5f).SequenceEqual(sure)
                && kept.Select(digit => digit.Box.Left + 14).SequenceEqual(moved.Select(digit => digit.Box.Left));
        }));

    [Fact]
    public void Thresholds_ApplyAndBest_ReadByPresenceAndOverlap()
    {
        Assert.Equal([s_first, s_third], new DetectorThresholds(0.6f, 0.4f).Apply([s_first, s_second, s_third]));
        Assert.Equal([s_first], new DetectorThresholds(0.85f, 0.4f).Apply([s_first, s_second, s_third]));
        Assert.Empty(new DetectorThresholds(0.95f, 0.4f).Apply([s_first, s_second, s_third]));

        Assert.Equal(new DetectorThresholds(0.7f, 0.6f), DetectorThresholds.Best(thresholds => -Math.Abs(thresholds.Presence - 0.71) - Math.Abs(thresholds.Overlap - 0.7)));
        Assert.Equal(DetectorThresholds.Start, DetectorThresholds.Best(static _ => 0));
    }

    internal static FoundDigit Digit(float left, float presence, int label, float top = 0) => new(new InkBox(left, top, 10, 10), presence, OneHot(label));

    private static float[] OneHot(int label) => [.. Enumerable.Range(0, 10).Select(digit => digit == label ? 1f : 0f)];
}

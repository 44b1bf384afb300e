using VitLab.Detection;
using VitLab.Vision;

namespace VitLab.Tests.Detection;

public class BoxMatchingTests
{
    [Fact]
    public void Match_TheSurestFirst_GivesEachTrueBoxAwayOnce()
    {
        InkBox[] truth = [new(0, 0, 10, 10), new(30, 0, 10, 10)];

        // Close to the first; on the first, which is gone; on the second; far away.
        var matches = BoxMatching.Match([new(1, 0, 10, 10), new(0, 0, 10, 10), new(30, 2, 10, 10), new(60, 0, 10, 10)], truth);

        Assert.Equal([0, BoxMatching.Nothing, 1, BoxMatching.Nothing], matches);
    }

    [Fact]
    public void Match_TwoWithinReach_TakesTheOneWithMoreOverlap() =>
        Assert.Equal([1], BoxMatching.Match([new(2, 0, 10, 10)], [new(0, 0, 10, 10), new(3, 0, 10, 10)]));

    [Theory]
    [InlineData(5, true)]                            // 50 of 100 px²
    [InlineData(4.9f, false)]
    public void Match_HalfTheBox_IsJustEnough(float height, bool expected) =>
        Assert.Equal(expected ? 0 : BoxMatching.Nothing, BoxMatching.Match([new(0, 0, 10, height)], [new(0, 0, 10, 10)])[0]);

    [Fact]
    public void Match_NothingOnEitherSide_IsNothing()
    {
        Assert.Empty(BoxMatching.Match([], [new(0, 0, 1, 1)]));
        Assert.Equal([BoxMatching.Nothing], BoxMatching.Match([new(0, 0, 1, 1)], []));
    }
}

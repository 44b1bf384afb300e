using VitLab.Vision;

namespace VitLab.Tests.Vision;

public class InkBoxTests
{
    private static readonly InkBox s_box = new(10, 20, 4, 8);

    [Theory]
    [InlineData(10, 20, 4, 8, 1)]                    // itself
    [InlineData(12, 20, 4, 8, 1 / 3.0)]              // half shared: 16 of 48
    [InlineData(11, 22, 2, 4, 0.25)]                 // inside: 8 of 32
    [InlineData(14, 20, 4, 8, 0)]                    // side by side
    [InlineData(14, 28, 4, 8, 0)]                    // corner to corner
    [InlineData(100, 100, 4, 8, 0)]
    public void Overlap_ByHand_IsIntersectionOverUnion(float left, float top, float width, float height, double expected)
    {
        var other = new InkBox(left, top, width, height);

        Assert.Equal(expected, s_box.Overlap(other), 1e-6);
        Assert.Equal(s_box.Overlap(other), other.Overlap(s_box));
    }

    [Fact]
    public void Overlap_OfNothing_IsZero() => Assert.Equal(0, default(InkBox).Overlap(default));

    [Theory]
    [InlineData(16, 20, 2, false)]                   // 2 px between
    [InlineData(16, 20, 3, true)]
    [InlineData(16, 40, 3, false)]                   // far below
    [InlineData(13, 20, -1, false)]                  // 1 px shared, 1 allowed
    [InlineData(12, 20, -1, true)]
    public void IsNearer_AGap_CountsInBothDirections(float left, float top, float gap, bool expected) =>
        Assert.Equal(expected, s_box.IsNearer(new InkBox(left, top, 4, 8), gap));

    [Fact]
    public void InkBounds_OfInk_AreTheSmallestBoxAroundIt()
    {
        var ink = new float[6 * 5];
        Assert.Equal(default, InkBounds.Of(ink, 6, 5));

        (ink[(1 * 6) + 4], ink[(3 * 6) + 2]) = (0.01f, 1);

        Assert.Equal(new InkBox(2, 1, 3, 3), InkBounds.Of(ink, 6, 5));
    }
}

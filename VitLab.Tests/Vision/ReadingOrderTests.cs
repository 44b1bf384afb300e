using FsCheck;
using FsCheck.Fluent;
using VitLab.Vision;

namespace VitLab.Tests.Vision;

public class ReadingOrderTests
{
    [Fact]
    public void Of_TwoUnevenRows_GoesLeftToRightThenDown()
    {
        InkBox[] boxes = [new(60, 52, 10, 20), new(40, 5, 10, 24), new(5, 50, 12, 20), new(10, 0, 10, 20), new(75, 8, 8, 16)];

        Assert.Equal([3, 1, 4, 2, 0], Order(boxes));
    }

    // A tall digit beside two small ones, one above the other: the first row is read to its end before the second.
    [Fact]
    public void Of_ATallDigitBesideTwoRows_BelongsToTheHigher()
    {
        InkBox[] boxes = [new(30, 30, 10, 16), new(30, 0, 10, 16), new(5, 0, 20, 34)];

        Assert.Equal([1, 2, 0], Order([new(30, 30, 10, 16), new(0, 0, 10, 16), new(15, 0, 12, 34)]));
        Assert.Equal([2, 1, 0], Order(boxes));
    }

    [Theory]
    [InlineData(9, new[] { 0, 1 })]                  // 11 of 20 px shared: one row
    [InlineData(11, new[] { 1, 0 })]                 // 9 of 20 px: the higher first
    public void Of_ARowThatSlants_EndsWhereLessThanHalfIsShared(float drop, int[] expected) =>
        Assert.Equal(expected, Order([new(0, drop, 10, 20), new(40, 0, 10, 20)]));

    [Fact]
    public void Of_NoneOrOne_IsTrivial()
    {
        Assert.Empty(Order([]));
        Assert.Equal([0], Order([new(3, 3, 3, 3)]));
        Assert.Throws<ArgumentException>(() => ReadingOrder.Of([new(3, 3, 3, 3)], []));
    }

    /// <summary>The order of what is given in changes nothing, and neither does where on the paper it all stands.</summary>
    [Fact]
    public void Of_ShuffledAndMoved_ReadsTheSame() => Properties.Hold(Prop.ForAll(
        (from count in Gen.Choose(0, 8) from seed in Gen.Choose(0, 1_000_000) select (count, seed)).ToArbitrary(),
        each =>
        {
            var random = new Random(each.seed);
            InkBox[] boxes = [.. Enumerable.Range(0, each.count).Select(_ => new InkBox(random.Next(100) + random.NextSingle(), random.Next(100) + random.NextSingle(), 4 + random.Next(20), 16 + random.Next(30)))];
            InkBox[] shuffled = [.. boxes.OrderBy(_ => random.Next())];
            InkBox[] moved = [.. boxes.Select(box => box with { Left = box.Left + 32, Top = box.Top + 64 })];

            return Order(boxes).Select(index => boxes[index]).SequenceEqual(Order(shuffled).Select(index => shuffled[index])) && Order(boxes).SequenceEqual(Order(moved));
        }));

    private static int[] Order(InkBox[] boxes)
    {
        var order = new int[boxes.Length];
        ReadingOrder.Of(boxes, order);
        return order;
    }
}

using VitLab.Data;

namespace VitLab.Tests.Data;

public class ImageSetTests
{
    private readonly ImageSet _images = new(1, 1, 2, [1, 2, 3, 4, 5, 6], [7, 8, 9]);

    [Fact]
    public void Select_Indices_CopiesImagesAndLabelsInOrder()
    {
        var chosen = _images.Select([2, 0, 2]);

        Assert.Equal([5, 6, 1, 2, 5, 6], chosen.Pixels);
        Assert.Equal([9, 7, 9], chosen.Labels);
    }

    [Fact]
    public void Concat_OtherShape_SaysWhichIsExpected()
    {
        var error = Assert.Throws<ArgumentException>(() => _images.Concat(new ImageSet(1, 2, 1, [1, 2], [3])));

        Assert.Contains("expected images of 1 × 1 × 2, got 1 × 2 × 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_WrongNumberOfPixels_SaysHowMany() =>
        Assert.Contains("need 6 bytes, got 5", Assert.Throws<ArgumentException>(() => new ImageSet(1, 1, 2, new byte[5], new byte[3])).Message, StringComparison.Ordinal);
}

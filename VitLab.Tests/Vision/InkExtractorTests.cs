using VitLab.Vision;

namespace VitLab.Tests.Vision;

public class InkExtractorTests
{
    [Theory]
    [InlineData(250, 10)]       // ink on paper
    [InlineData(200, 90)]       // pencil on grey paper
    [InlineData(0, 255)]        // MNIST's own convention
    [InlineData(30, 180)]       // chalk on a board
    public void Extract_AnyPaperAndInk_GivesEmptyPaperAndFullInk(byte paper, byte ink)
    {
        var picture = new GrayImage(40, 40);
        picture.Pixels.AsSpan().Fill(paper);
        for (var y = 10; y < 30; y++)
        {
            picture[20, y] = picture[21, y] = ink;
        }

        var image = InkExtractor.Extract(picture);

        Assert.Equal((20, 10, 22, 30), GrayImages.Box(image));
        Assert.Equal(255, image[20, 15]);
    }

    [Fact]
    public void Extract_NoisyPaper_IsClean()
    {
        var random = new Random(3);
        var picture = new GrayImage(60, 60);
        for (var i = 0; i < picture.Pixels.Length; i++)
        {
            picture.Pixels[i] = (byte)random.Next(215, 245);
        }

        for (var y = 10; y < 50; y++)
        {
            for (var x = 28; x < 33; x++)
            {
                picture[x, y] = (byte)random.Next(20, 60);
            }
        }

        Assert.Equal((28, 10, 33, 50), GrayImages.Box(InkExtractor.Extract(picture)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(128)]
    [InlineData(255)]
    public void Extract_BlankPage_IsEmpty(byte paper)
    {
        var picture = new GrayImage(20, 20);
        picture.Pixels.AsSpan().Fill(paper);
        picture[3, 3] = (byte)(paper > 10 ? paper - 10 : 10);

        Assert.True(InkExtractor.Extract(picture).IsEmpty);
    }
}

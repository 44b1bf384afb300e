using VitLab.Insight;

namespace VitLab.Tests.Insight;

public class ConfusionTests
{
    [Fact]
    public void Add_SomeReadings_CountsByTruthAndPrediction()
    {
        var confusion = new Confusion(3);
        confusion.Add(0, 0);
        confusion.Add(0, 2);
        confusion.Add(1, 1);
        confusion.Add(1, 1);

        Assert.Equal([1, 0, 1, 0, 2, 0, 0, 0, 0], confusion.Counts);
        Assert.Equal(0.75, confusion.Accuracy);
        Assert.Equal(0.5, confusion.Recall(0));
        Assert.Equal(0, confusion.Recall(2));
    }
}

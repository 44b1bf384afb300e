using VitLab.Training;

namespace VitLab.Tests.Training;

public class DataOrderTests
{
    [Fact]
    public void Indices_OverAnEpoch_SeeEveryImageOnce()
    {
        var order = new DataOrder(images: 24, samplesPerEpoch: 24, batchSize: 8, seed: 1);

        Assert.Equal(3, order.StepsPerEpoch);
        Assert.Equal(Enumerable.Range(0, 24), Epoch(order, 1).Order());
        Assert.NotEqual(Epoch(order, 1), Epoch(order, 2));
    }

    [Fact]
    public void Indices_AnotherObjectAndOrderOfCalls_AreTheSame()
    {
        var order = new DataOrder(30, 30, 7, seed: 4);
        var second = Epoch(order, 2);
        Epoch(order, 5);

        Assert.Equal(second, Epoch(new DataOrder(30, 30, 7, seed: 4), 2));
        Assert.NotEqual(second, Epoch(new DataOrder(30, 30, 7, seed: 5), 2));
    }

    [Theory]
    [InlineData(100, 100, 30, 30, 3)]
    [InlineData(100, 60, 30, 30, 2)]
    [InlineData(10, 10, 30, 10, 1)]
    [InlineData(10, 60, 30, 30, 2)]
    public void Sizes_AnyData_AreWholeBatches(int images, int samples, int batch, int expectedBatch, int expectedSteps)
    {
        var order = new DataOrder(images, samples, batch, seed: 1);

        Assert.Equal((expectedBatch, expectedSteps), (order.BatchSize, order.StepsPerEpoch));
    }

    private static List<int> Epoch(DataOrder order, int epoch) =>
        [.. Enumerable.Range(0, order.StepsPerEpoch).SelectMany(position => order.Indices(epoch, position).ToArray())];
}

using VitLab.Data;
using VitLab.Experiments;
using VitLab.Training;

namespace VitLab.Tests.Training;

public class BatchQueueTests
{
    [Fact]
    public void Take_AllBatches_ComeInOrderAndBuffersGoRound()
    {
        using var learner = TinyRuns.Experiment.CreateLearner(TinyRuns.Options);
        var images = TinyRuns.Data.Train;
        var order = new DataOrder(images.Count, images.Count, 8, seed: 1);
        var buffers = new HashSet<HostBatch>(ReferenceEqualityComparer.Instance);

        using var queue = new BatchQueue(learner, images, new DataOrder(images.Count, images.Count, 8, seed: 1), firstStep: 3, totalSteps: 40);
        for (var step = 3; step < 40; step++)
        {
            var batch = queue.Take();
            var expected = learner.Compose(images, order.Indices((step / 5) + 1, step % 5), (step / 5) + 1);
            Assert.Equal(expected.Targets, batch.Targets);
            Assert.Equal(expected.Inputs, batch.Inputs);
            buffers.Add(batch);
            queue.Return(batch);
        }

        Assert.InRange(buffers.Count, 1, 5);
    }

    [Fact]
    public void Take_ComposingFailed_ThrowsWhatHappened()
    {
        using var learner = TinyRuns.Experiment.CreateLearner(TinyRuns.Options);
        var wrongSize = new ImageSet(1, 10, 10, new byte[1000], new byte[10]);
        using var queue = new BatchQueue(learner, wrongSize, new DataOrder(10, 10, 5, seed: 1), firstStep: 0, totalSteps: 4);

        Assert.Throws<ArgumentException>(queue.Take);
    }

    [Fact]
    public void Dispose_WhileComposingAhead_EndsTheThread()
    {
        using var learner = TinyRuns.Experiment.CreateLearner(TinyRuns.Options);

        new BatchQueue(learner, TinyRuns.Data.Train, new DataOrder(40, 40, 8, seed: 1), firstStep: 0, totalSteps: long.MaxValue).Dispose();
    }
}

using VitLab.Tests.Training;
using VitLab.Training;

namespace VitLab.Tests.Torch;

public class AllocationTests
{
    private const int Budget = 16 * 1024;

    [Fact]
    public void WarmTrainingStep_TransformerBlocks_AllocatesAlmostNothing()
    {
        using var everything = NewDisposeScope();
        manual_seed(1);
        using var model = Sequential(new TestBlock(32, 4), new TestBlock(32, 4), new TestBlock(32, 4), new TestBlock(32, 4));
        using var head = Linear(32, 10);
        var parameters = model.parameters().Concat(head.parameters()).ToArray();
        using var optimizer = optim.AdamW(parameters, 1e-3);
        var x = randn(4, 5, 32);
        var labels = randint(10, [4]);
        for (var i = 0; i < 20; i++)
            Step();
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 10; i++)
            Step();

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 10, 0, Budget);

        void Step()
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var loss = functional.cross_entropy(head.call(model.call(x).select(1, 0)), labels, label_smoothing: 0.1);
            loss.backward();
            utils.clip_grad_norm_(parameters, 1);
            optimizer.step();
        }
    }

    [Fact]
    public void WarmTrainingStep_OfTheTrainer_AllocatesAlmostNothing()
    {
        using var trainer = new Trainer(TinyRuns.Plan(TinyRuns.Options with { Epochs = 100 }));
        using var steps = trainer.Run().OfType<StepCompleted>().GetEnumerator();
        for (var i = 0; i < 11; i++)
        {
            Assert.True(steps.MoveNext());
        }

        var least = long.MaxValue;
        for (var i = 0; i < 4; i++)   // steps 12 to 15 lie within the third epoch
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            steps.MoveNext();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.InRange(least, 0, Budget);
    }
}

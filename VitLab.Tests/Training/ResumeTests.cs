using VitLab.Experiments;
using VitLab.Models;
using VitLab.Training;

namespace VitLab.Tests.Training;

public class ResumeTests
{
    [Theory]
    [InlineData("adamw", 0, 7)]
    [InlineData("adamw", 0.99, 7)]
    [InlineData("adam", 0, 5)]   // the last step of an epoch, before its validation
    [InlineData("sgd", 0.9, 10)]
    public void Resume_AfterAnyStep_GoesOnBitForBit(string optimizer, double ema, int stopAfter)
    {
        AssertResumes(TinyRuns.Plan(TinyRuns.Options with { Optimizer = optimizer, EmaDecay = ema }), stopAfter);
    }

    [Theory]
    [InlineData("grid-heads", 0, 7)]
    [InlineData("grid-heads", 0.99, 5)]
    [InlineData("grid-transcriber", 0, 7)]
    [InlineData("grid-transcriber", 0.99, 10)]
    public void Resume_OfGridsDrawnByChance_GoesOnBitForBit(string experiment, double ema, int stopAfter)
    {
        var plan = TinyGrids.Plan(experiment);
        AssertResumes(plan with { Options = plan.Options with { EmaDecay = ema, SamplesPerEpoch = 48 } }, stopAfter);
    }

    /// <summary>Canvases of several sizes and thresholds that are chosen anew at every epoch's end.</summary>
    [Theory]
    [InlineData(0, 7)]
    [InlineData(0.99, 12)]
    public void Resume_OfScenesOnCanvasesOfManySizes_GoesOnBitForBit(double ema, int stopAfter) =>
        AssertResumes(TinyScenes.Plan with { Options = TinyScenes.Options with { EmaDecay = ema, SamplesPerEpoch = 48 } }, stopAfter);

    [Fact]
    public void Resume_ARateSetByHand_StaysInForce()
    {
        var plan = TinyRuns.Plan();
        using var first = new Trainer(plan);
        using var events = first.Run().GetEnumerator();
        while (events.Current is not StepCompleted { Step: 4 })
        {
            events.MoveNext();
        }

        first.SetLearningRate(2e-4);
        var pending = Reloaded(first.Capture());
        while (events.Current is not StepCompleted { Step: 9 })
        {
            events.MoveNext();
        }

        var taken = Reloaded(first.Capture());
        using var fromPending = new Trainer(plan with { Resume = pending });
        using var fromTaken = new Trainer(plan with { Resume = taken });

        var rates = fromPending.Run().OfType<StepCompleted>().Select(step => step.Rate).ToList();
        Assert.Equal(2e-4f, rates[0]);
        Assert.Equal(rates.Skip(5), fromTaken.Run().OfType<StepCompleted>().Select(step => step.Rate));
    }

    [Fact]
    public void Resume_FromWeightsAlone_IsRefusedWithAdvice()
    {
        using var trainer = new Trainer(TinyRuns.Plan());

        var e = Assert.Throws<CheckpointException>(() => new Trainer(TinyRuns.Plan() with { Resume = trainer.CaptureWeights() }));

        Assert.Contains("start a new run from it", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TransferFrom_AnotherShape_TakesWhatMatchesAndTellsIt()
    {
        using var source = new Trainer(TinyRuns.Plan());
        using var deeper = new Trainer(TinyRuns.Plan(TinyRuns.Options with { Depth = 3, MlpDim = 32, Seed = 9 }) with { TransferFrom = source.CaptureWeights() });

        var started = Assert.IsType<RunStarted>(deeper.Run().First());

        Assert.Equal(0, started.Step);
        Assert.Contains("blocks.1.attn.qkv.weight", started.Transferred!.Copied);
        Assert.DoesNotContain("blocks.0.mlp.fc1.weight", started.Transferred.Copied);
        Assert.DoesNotContain(started.Transferred.Copied, name => name.StartsWith("blocks.2", StringComparison.Ordinal));
        Assert.Equal(source.CaptureWeights().Tensors["cls_token"].Floats, deeper.CaptureWeights().Tensors["cls_token"].Floats);
    }

    private static void AssertResumes(TrainingPlan plan, int stopAfter)
    {
        var whole = Run(plan);
        Checkpoint saved;
        using (var first = new Trainer(plan))
        {
            foreach (var _ in first.Run().OfType<StepCompleted>().Take(stopAfter))
            {
            }

            saved = Reloaded(first.Capture());
        }

        using var second = new Trainer(plan with { Resume = saved });
        List<TrainingEvent> rest = [.. second.Run()];

        Assert.Equal(stopAfter, Assert.IsType<RunStarted>(rest[0]).Step);
        Assert.Equal(Steps(whole).Skip(stopAfter), Steps(rest));
        Assert.Equal(whole.OfType<EpochCompleted>().Last() with { ActiveSeconds = 0 }, rest.OfType<EpochCompleted>().Last() with { ActiveSeconds = 0 });
        Assert.Equal(((RunEnded)whole[^1]).Test, ((RunEnded)rest[^1]).Test);
    }

    private static List<TrainingEvent> Run(TrainingPlan plan)
    {
        using var trainer = new Trainer(plan);
        return [.. trainer.Run()];
    }

    private static IEnumerable<(long Step, float Loss, float Rate, float Norm)> Steps(IEnumerable<TrainingEvent> events) =>
        events.OfType<StepCompleted>().Select(step => (step.Step, step.Loss, step.Rate, step.GradientNorm));

    private static Checkpoint Reloaded(Checkpoint checkpoint)
    {
        using var stream = new MemoryStream();
        checkpoint.Save(stream);
        stream.Position = 0;
        return Checkpoint.Load(stream, "last.safetensors");
    }
}

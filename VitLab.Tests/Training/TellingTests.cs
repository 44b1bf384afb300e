using System.Runtime.InteropServices;
using VitLab.Experiments;
using VitLab.Training;

namespace VitLab.Tests.Training;

/// <summary>Steps that are read back and told together say the same, in the same order, as steps told one by one.</summary>
public class TellingTests
{
    [Fact]
    public void Run_NobodyWaiting_TellsTheSameInTheSameOrder() => Assert.Equal(Told(isAwaited: null), Told(() => false));

    // 5 steps an epoch: a wish that is heard after the 2nd, 4th, … question ends a telling in the middle of an epoch.
    [Fact]
    public void Run_SomebodyWaitingNowAndThen_TellsTheSameInTheSameOrder()
    {
        var asked = 0;

        Assert.Equal(Told(isAwaited: null), Told(() => ++asked % 2 == 0));
    }

    [Fact]
    public void Run_NobodyWaiting_IsAtABoundaryOnlyWhenAllIsTold()
    {
        using var trainer = new Trainer(TinyRuns.Plan());
        var boundaries = new List<TrainingEvent>();
        foreach (var happened in trainer.Run(() => false))
        {
            Assert.Equal(0, trainer.StepsUntold);
            if (trainer.IsAtBoundary)
            {
                boundaries.Add(happened);
            }
        }

        Assert.All(boundaries.OfType<StepCompleted>(), step => Assert.True(step.Step <= trainer.Step));
        Assert.DoesNotContain(boundaries, happened => happened is ValidationCompleted);      // its epoch is still to come
        Assert.Contains(boundaries, happened => happened is StepCompleted { Step: 5 });
        Assert.Equal(3, boundaries.Count(happened => happened is EpochCompleted));
    }

    [Fact]
    public void Run_AskedForAfterThreeSteps_TakesExactlyThose()
    {
        using var trainer = new Trainer(TinyRuns.Plan());
        using var events = trainer.Run(() => trainer.StepsUntold >= 3).GetEnumerator();
        Assert.True(events.MoveNext());                                                      // started

        Assert.True(events.MoveNext());

        Assert.Equal((1L, 3L), (((StepCompleted)events.Current).Step, trainer.Step));
        Assert.False(trainer.IsAtBoundary);
    }

    [Fact]
    public void Run_CheckpointAtABoundaryMidEpoch_GoesOnBitForBit()
    {
        using var first = new Trainer(TinyRuns.Plan());
        using var events = first.Run(() => first.StepsUntold >= 3).GetEnumerator();
        do
        {
            Assert.True(events.MoveNext());
        }
        while (!(events.Current is StepCompleted { Step: 8 } && first.IsAtBoundary));        // 3, 5, 8

        using var second = new Trainer(TinyRuns.Plan() with { Resume = first.Capture() });

        Assert.Equal(Told(isAwaited: null).OfType<StepCompleted>().Skip(8), Plain(second.Run(() => false)).OfType<StepCompleted>());
    }

    [Fact]
    public void Run_NumbersThatBlowUpWithNobodyWaiting_TellsTheFiniteStepsAndFailsAtTheFirstThatIsNot()
    {
        var options = TinyRuns.Options with { Optimizer = "sgd", LearningRate = 10, WeightDecay = 1, ClipNorm = 0, Epochs = 200, WarmUpEpochs = 0, FinalRateFraction = 1 };
        var (one, many) = (Last(options, isAwaited: null), Last(options, () => false));

        Assert.Equal(RunOutcome.Failed, many.Ended.Outcome);
        Assert.Equal(one.Ended, many.Ended);
        Assert.Equal(one.Steps, many.Steps);
        Assert.Equal(many.Ended.Step, many.Steps);
    }

    [Fact]
    public void GradientClip_OnDevice_DoesWhatClipGradNormDoes()
    {
        foreach (var most in new[] { 0.5, 1000.0, double.PositiveInfinity })
        {
            using var scope = torch.NewDisposeScope();
            var (expected, actual) = (Parameters(), Parameters());

            var norm = nn.utils.clip_grad_norm_(expected, most);
            var measured = GradientClip.OnDevice(actual, most);

            Assert.Equal(norm, measured.ToSingle(), 1e-4);
            Assert.All(expected.Zip(actual), pair => Assert.True(pair.First.grad is null ? pair.Second.grad is null : pair.First.grad.allclose(pair.Second.grad!, rtol: 1e-5, atol: 1e-7)));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("CUDA out of memory. Tried to allocate 2.00 GiB.")]
    [InlineData("[enforce fail at alloc_cpu.cpp:117] . DefaultCPUAllocator: can't allocate memory: you tried to allocate 99 bytes.")]
    public void Run_MemoryRunsOut_TellsTheStepsBeforeAndFailsWithAdvice(string? libtorchSays)
    {
        var (events, escaped) = Run(libtorchSays is null ? new InsufficientMemoryException() : new LibtorchException(libtorchSays));

        Assert.Null(escaped);
        Assert.Equal(7, events.OfType<StepCompleted>().Count());
        var ended = Assert.IsType<RunEnded>(events[^1]);
        Assert.Equal((7L, RunOutcome.Failed), (ended.Step, ended.Outcome));
        Assert.Contains("Lower the batch size (now 8)", ended.Reason, StringComparison.Ordinal);
        Assert.Contains("raise accumulation (now 1)", ended.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_AnyOtherTrouble_TellsTheStepsBeforeAndLetsItOut()
    {
        var trouble = new LibtorchException("CUDA error: device-side assert triggered");

        var (events, escaped) = Run(trouble);

        Assert.Same(trouble, escaped);
        Assert.Equal(7, events.OfType<StepCompleted>().Count());
    }

    [Fact]
    public void Run_ABatchInParts_LearnsWhatTheWholeBatchTeaches()
    {
        var plain = TinyRuns.Options with { Dropout = 0, AttentionDropout = 0, StochasticDepth = 0 };

        var whole = Losses(plain);
        foreach (var parts in new[] { 2, 3, 8 })                                             // 3 does not divide 8
        {
            Assert.All(whole.Zip(Losses(plain with { AccumulationSteps = parts })), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        }
    }

    [Fact]
    public void Create_MorePartsThanImages_IsRefusedByField()
    {
        var e = Assert.Throws<OptionException>(() => new Trainer(TinyRuns.Plan(TinyRuns.Options with { AccumulationSteps = 9 })));

        Assert.Equal("accumulationSteps", Assert.Single(e.Problems).Field);
    }

    private static (List<TrainingEvent> Events, Exception? Escaped) Run(Exception trouble)
    {
        using var trainer = new Trainer(TinyRuns.Plan() with { Experiment = new TroubledExperiment(TinyRuns.Experiment, trouble, after: 7) });
        var events = new List<TrainingEvent>();
        var escaped = Record.Exception(() =>
        {
            foreach (var happened in trainer.Run(() => false))
            {
                events.Add(happened);
            }
        });
        return (events, escaped);
    }

    private static List<float> Losses(SingleDigitOptions options) => TrainerTests.Losses(new Trainer(TinyRuns.Plan(options)));

    // Without what the clock decides.
    private static List<TrainingEvent> Told(Func<bool>? isAwaited)
    {
        using var trainer = new Trainer(TinyRuns.Plan());
        return [.. Plain(trainer.Run(isAwaited)).Where(happened => happened is StepCompleted or EpochCompleted or LearningRateChanged)];
    }

    private static IEnumerable<TrainingEvent> Plain(IEnumerable<TrainingEvent> events) => events.Select(happened => happened switch
    {
        StepCompleted step => step with { ImagesPerSecond = 0 },
        EpochCompleted epoch => epoch with { ActiveSeconds = 0 },
        _ => happened,
    });

    private static (RunEnded Ended, int Steps) Last(SingleDigitOptions options, Func<bool>? isAwaited)
    {
        using var trainer = new Trainer(TinyRuns.Plan(options));
        List<TrainingEvent> events = [.. trainer.Run(isAwaited)];
        return ((RunEnded)events[^1], events.OfType<StepCompleted>().Count());
    }

    // The third takes no part in the loss and has no gradient.
    private static Parameter[] Parameters()
    {
        torch.manual_seed(3);
        Parameter[] parameters = [new Parameter(torch.randn(4, 3)), new Parameter(torch.randn(5)), new Parameter(torch.randn(2))];
        ((parameters[0] * parameters[0]).sum() + (parameters[1] * 3).sum()).backward();
        return parameters;
    }

    // TorchSharp throws the base class itself.
    private sealed class LibtorchException(string message) : ExternalException(message);
}

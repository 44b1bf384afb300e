using VitLab.Data;
using VitLab.Experiments;
using VitLab.Models;
using VitLab.Training;
using VitLab.Vision;

namespace VitLab.Tests.Training;

public class TrainerTests
{
    [Fact]
    public void Run_ToTheEnd_TellsEverythingInOrder()
    {
        using var trainer = new Trainer(TinyRuns.Plan());

        List<TrainingEvent> events = [.. trainer.Run()];

        var started = Assert.IsType<RunStarted>(events[0]);
        Assert.Equal((0L, 15L, 5), (started.Step, started.TotalSteps, started.StepsPerEpoch));
        Assert.Equal(TinyRuns.Experiment.Cost(TinyRuns.Options).Parameters, started.Parameters);
        string[] epoch = [.. Enumerable.Repeat(nameof(StepCompleted), 5), nameof(ValidationCompleted), nameof(EpochCompleted)];
        Assert.Equal([nameof(RunStarted), .. epoch, .. epoch, .. epoch, nameof(RunEnded)], events.Select(e => e.GetType().Name));
        Assert.Equal(Enumerable.Range(1, 15).Select(step => (long)step), events.OfType<StepCompleted>().Select(e => e.Step));
        Assert.Equal([1, 2, 3], events.OfType<EpochCompleted>().Select(e => e.Epoch));
        Assert.All(events.OfType<ValidationCompleted>(), e => Assert.Equal((true, 20), (e.Whole, e.Evaluation.Samples)));
        Assert.True(events.OfType<EpochCompleted>().First().IsBest);
        var ended = Assert.IsType<RunEnded>(events[^1]);
        Assert.Equal((RunOutcome.Completed, null), (ended.Outcome, ended.Reason));
        Assert.Equal(["accuracy", "loss"], ended.Test!.Keys.Order());
    }

    [Fact]
    public void Create_DataToTestOnAlone_IsRefusedByField()
    {
        var data = TinyRuns.Data with { Source = "pen-unseen", Train = TinyRuns.Bars(0, 1), Validation = TinyRuns.Bars(0, 1) };

        Assert.Contains("data: pen-unseen has no train split", Assert.Throws<DataException>(() => new Trainer(TinyRuns.Plan(data: data))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Twice_SameSeedSameCurve() => Assert.Equal(Losses(new Trainer(TinyRuns.Plan())), Losses(new Trainer(TinyRuns.Plan())));

    [Fact]
    public void Run_SixteenImages_OverfitsThem()
    {
        var images = TinyRuns.Bars(16, 5);
        var options = TinyRuns.Options with
        {
            Dim = 16, Epochs = 150, BatchSize = 16, LearningRate = 1e-2, WarmUpEpochs = 5, WeightDecay = 0, LabelSmoothing = 0,
            Dropout = 0, AttentionDropout = 0, StochasticDepth = 0, ShiftPixels = 0, RotateDegrees = 0,
        };
        using var trainer = new Trainer(TinyRuns.Plan(options, TinyRuns.Data with { Train = images, Validation = images, Test = images }));

        List<TrainingEvent> events = [.. trainer.Run()];

        Assert.True(events.OfType<StepCompleted>().Last().Loss < 0.05);
        Assert.Equal(1, ((RunEnded)events[^1]).Test!["accuracy"]);
    }

    [Fact]
    public void Run_ALongEpoch_LooksAtPartOfValidationBetween()
    {
        var data = TinyRuns.Data with { Train = TinyRuns.Bars(128 * 205, 6), Validation = TinyRuns.Bars(1100, 7) };
        using var trainer = new Trainer(TinyRuns.Plan(TinyRuns.Options with { BatchSize = 128, Epochs = 1 }, data));

        var looks = trainer.Run().OfType<ValidationCompleted>().Select(look => (look.Step, look.Whole, look.Evaluation.Samples));

        Assert.Equal([(200, false, 1000), (205, true, 1100)], looks);
    }

    [Fact]
    public void RequestStop_Midway_EndsStoppedAtThatStep()
    {
        using var trainer = new Trainer(TinyRuns.Plan());
        var events = new List<TrainingEvent>();
        foreach (var e in trainer.Run())
        {
            events.Add(e);
            if (e is StepCompleted { Step: 7 })
            {
                trainer.RequestStop();
            }
        }

        var ended = Assert.IsType<RunEnded>(events[^1]);
        Assert.Equal((7L, RunOutcome.Stopped, null), (ended.Step, ended.Outcome, ended.Test));
        Assert.Equal(7, trainer.Step);
    }

    [Fact]
    public void SetLearningRate_BetweenSteps_HoldsFromTheNextAndIsTold()
    {
        using var trainer = new Trainer(TinyRuns.Plan());
        var events = new List<TrainingEvent>();
        foreach (var e in trainer.Run())
        {
            events.Add(e);
            if (e is StepCompleted { Step: 6 })
            {
                trainer.SetLearningRate(1e-3);
            }
        }

        var changed = Assert.Single(events.OfType<LearningRateChanged>());
        var steps = events.OfType<StepCompleted>().ToList();
        Assert.Equal(new LearningRateChanged(7, 1e-3), changed);
        Assert.Equal(1e-3f, steps[6].Rate);
        Assert.True(steps[7].Rate < steps[6].Rate);
        Assert.Throws<OptionException>(() => trainer.SetLearningRate(-1));
    }

    [Fact]
    public void Read_BetweenSteps_LeavesTheCurveAsItIs()
    {
        using var undisturbed = new Trainer(TinyRuns.Plan());
        using var read = new Trainer(TinyRuns.Plan());
        var picture = new GrayImage(28, 28, TinyRuns.Data.Validation.Image(3).ToArray());

        List<float> losses = [];
        foreach (var step in read.Run().OfType<StepCompleted>())
        {
            losses.Add(step.Loss);
            Assert.NotNull(read.Read(picture, withAttention: true).Attention);
        }

        Assert.Equal(Losses(undisturbed), losses);
    }

    [Theory]
    [InlineData("sgd", 0)]
    [InlineData("adamw", 0)]
    [InlineData("adamw", 0.9)]
    public void Run_NumbersThatBlowUp_FailsWithAdviceAndKeepsFiniteWeights(string optimizer, double ema)
    {
        var options = TinyRuns.Options with { Optimizer = optimizer, LearningRate = 10, ClipNorm = 0, Epochs = 200, WarmUpEpochs = 0, FinalRateFraction = 1, EmaDecay = ema };
        using var trainer = new Trainer(TinyRuns.Plan(options with { WeightDecay = 1 }));   // each step multiplies the weights by 1 - 10 · 1

        var ended = Assert.IsType<RunEnded>(trainer.Run().Last());

        Assert.Equal(RunOutcome.Failed, ended.Outcome);
        Assert.Contains("Lower the learning rate", ended.Reason, StringComparison.Ordinal);
        Assert.All(trainer.CaptureWeights().Tensors.Values, tensor => Assert.All(tensor.Floats!, value => Assert.True(float.IsFinite(value))));
    }

    [Fact]
    public void Run_NoBetterResult_StopsEarly()
    {
        var options = TinyRuns.Options with { Epochs = 50, LearningRate = 1e-6, WarmUpEpochs = 0, EarlyStopEpochs = 2 };
        using var trainer = new Trainer(TinyRuns.Plan(options));

        List<TrainingEvent> events = [.. trainer.Run()];

        var ended = Assert.IsType<RunEnded>(events[^1]);
        Assert.Equal(RunOutcome.Completed, ended.Outcome);
        Assert.Contains("2 epochs", ended.Reason, StringComparison.Ordinal);
        Assert.True(events.OfType<EpochCompleted>().Count() < 50);
    }

    [Fact]
    public void Run_WeightAverage_IsWhatIsEvaluatedAndCaptured()
    {
        using var trainer = new Trainer(TinyRuns.Plan(TinyRuns.Options with { EmaDecay = 0.9 }));
        foreach (var _ in trainer.Run().OfType<StepCompleted>().Take(3))
        {
        }

        var averaged = trainer.CaptureWeights().Tensors["head.weight"].Floats!;
        var raw = trainer.Capture().Tensors["training.raw.head.weight"].Floats!;
        Assert.NotEqual(raw, averaged);
        Assert.Equal(averaged, trainer.Capture().Tensors["head.weight"].Floats);
    }

    internal static List<float> Losses(Trainer trainer)
    {
        using (trainer)
        {
            return [.. trainer.Run().OfType<StepCompleted>().Select(step => step.Loss)];
        }
    }
}

using VitLab.Data;
using VitLab.Experiments;
using VitLab.Models;
using VitLab.Vision;

namespace VitLab.Training;

/// <summary>
/// Trains one model and tells what happens as an iterator of events. Everything is called on the one thread that enumerates
/// <see cref="Run"/>; the other members are for the moments between two events. Reads and writes no files.
/// </summary>
public sealed partial class Trainer : IDisposable
{
    /// <summary>Images of the fixed look at validation between epochs, and how many training images pass between two looks: about 1.5 % of the time.</summary>
    private const int LookImages = 1000, ImagesBetweenLooks = 200 * 128;

    private readonly DataOrder _order;
    private readonly LearningRateSchedule _schedule;
    private readonly OptimizerHelper _optimizer;
    private readonly Parameter[] _parameters;
    private readonly Learner _evaluated;
    private readonly WeightAverage? _average;
    private readonly Throughput _throughput = new();
    private readonly TransferReport? _transferred;
    private readonly int _lookEvery;
    private readonly int[] _look;
    private readonly int[] _validation;
    private bool _started;
    private bool _stopRequested;
    private double? _pendingRate;
    private string? _failure;

    /// <exception cref="OptionException">When the options cannot be run.</exception>
    /// <exception cref="DataException">When the data has nothing to train on.</exception>
    /// <exception cref="CheckpointException">When the checkpoint to resume or transfer from does not fit.</exception>
    public Trainer(TrainingPlan plan)
    {
        OptionSchema.Of(plan.Experiment).Check(plan.Options);
        Plan = plan;
        var images = plan.Data[Split.Train].Count;
        _order = new DataOrder(images, plan.Experiment.SamplesPerEpoch(images, plan.Options), plan.Options.BatchSize, plan.Options.Seed);
        _schedule = new LearningRateSchedule(plan.Options, StepsPerEpoch);
        _lookEvery = Math.Max(200, ImagesBetweenLooks / _order.BatchSize);
        _validation = [.. Enumerable.Range(0, plan.Data.Validation.Count)];
        _look = [.. _validation.Take(LookImages)];

        Learner = plan.Experiment.CreateLearner(plan.Options);
        if (plan.TransferFrom is { } source)
        {
            _transferred = StateDict.Transfer(Learner.Network, source.ModelTensors.ToDictionary());
        }

        _evaluated = Learner;
        if (plan.Options.EmaDecay > 0)
        {
            _evaluated = plan.Experiment.CreateLearner(plan.Options);
            StateDict.Import(_evaluated.Network, StateDict.Export(Learner.Network), plan.Experiment.Id);
            _average = new WeightAverage(_evaluated.Network, Learner.Network, plan.Options.EmaDecay);
        }

        _parameters = [.. Learner.Network.parameters()];
        _optimizer = Optimizers.Create(plan.Options, Learner.Network);
        _good = StateDict.Export(Learner.Network);
        if (plan.Resume is { } checkpoint)
        {
            Restore(checkpoint);
        }
    }

    public TrainingPlan Plan { get; }

    /// <summary>The model being trained. With weight averaging on, <see cref="Read"/> and <see cref="CaptureWeights"/> use the averaged twin instead.</summary>
    public Learner Learner { get; }

    /// <summary>Steps taken, over all sessions of the run.</summary>
    public long Step { get; private set; }

    /// <summary>Epoch of the last step, from 1; 1 before the first.</summary>
    public int Epoch => EpochOf(Math.Max(Step, 1));

    public int StepsPerEpoch => _order.StepsPerEpoch;

    public long TotalSteps => (long)StepsPerEpoch * Plan.Options.Epochs;

    /// <summary>Seconds spent training and validating, pauses excluded, over all sessions of the run.</summary>
    public double ActiveSeconds => _throughput.ActiveSeconds;

    /// <summary>
    /// Trains to the end of the plan: <see cref="RunStarted"/>, a <see cref="StepCompleted"/> after every step with validations and
    /// epochs between, and <see cref="RunEnded"/> last. Can be enumerated once.
    /// </summary>
    public IEnumerable<TrainingEvent> Run()
    {
        if (_started)
        {
            throw new InvalidOperationException("A trainer runs once; make another one with the last checkpoint as Resume.");
        }

        _started = true;
        return Events();
    }

    /// <summary>The next event is <see cref="RunEnded"/> with <see cref="RunOutcome.Stopped"/>.</summary>
    public void RequestStop() => _stopRequested = true;

    /// <summary>
    /// Takes <paramref name="rate"/> at the next step and goes on down the cosine from there; told as <see cref="LearningRateChanged"/>
    /// just before that step and kept in checkpoints.
    /// </summary>
    /// <exception cref="OptionException">When the rate is out of the option's range.</exception>
    public void SetLearningRate(double rate)
    {
        var schema = OptionSchema.Of(Plan.Experiment);
        schema.With(Plan.Options, nameof(TrainingOptions.LearningRate), rate.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
        _pendingRate = rate;
    }

    /// <summary>Reads one prepared picture with the newest evaluated weights. Training goes on as if it had not happened.</summary>
    public Reading Read(GrayImage prepared, bool withAttention) => _evaluated.Read(prepared, withAttention);

    public void Dispose()
    {
        _optimizer.Dispose();
        if (_evaluated != Learner)
        {
            _evaluated.Dispose();
        }

        Learner.Dispose();
    }

    private IEnumerable<TrainingEvent> Events()
    {
        yield return new RunStarted(Step, TotalSteps, StepsPerEpoch, _parameters.Sum(parameter => parameter.numel()), Plan.Data.Description, Plan.Data.Checksum, _transferred);

        using var batches = new BatchQueue(Learner, Plan.Data.Train, _order, Step, TotalSteps);
        Learner.Network.train();
        while (true)
        {
            if (_stopRequested)
            {
                yield return new RunEnded(Step, RunOutcome.Stopped, null, null);
                yield break;
            }

            if (_epochsClosed < Step / StepsPerEpoch)
            {
                var (validation, epoch) = CloseEpoch();
                yield return validation;
                yield return epoch;
                continue;
            }

            if (Step == TotalSteps || HasStalled)
            {
                yield return new RunEnded(Step, RunOutcome.Completed, HasStalled ? $"No better validation result for {Plan.Options.EarlyStopEpochs} epochs." : null, TestBest());
                yield break;
            }

            if (_pendingRate is { } rate)
            {
                _pendingRate = null;
                _schedule.Override = new RateOverride(Step + 1, rate);
                yield return new LearningRateChanged(Step + 1, rate);
            }

            var step = TakeStep(batches);
            if (step is null)
            {
                yield return new RunEnded(Step, RunOutcome.Failed, _failure, null);
                yield break;
            }

            yield return step;

            if (Step % _lookEvery == 0 && Step % StepsPerEpoch != 0 && !_stopRequested)
            {
                yield return Look();
            }
        }
    }

    // One step, or null and the reason in _failure when its numbers are no longer finite; the weights stay those of the step before.
    private StepCompleted? TakeStep(BatchQueue batches)
    {
        _throughput.Resume();
        var step = Step + 1;
        var rate = _schedule.RateAt(step);
        torch.manual_seed((long)(SeededRandom.Mix((ulong)Plan.Options.Seed, (ulong)step) >> 1));   // dropout follows from seed and step, so a resumed run repeats it
        foreach (var group in _optimizer.ParamGroups)
        {
            group.LearningRate = rate;
        }

        float loss;
        double norm;
        using (torch.NewDisposeScope())
        {
            _optimizer.zero_grad();
            var batch = batches.Take();
            var objective = Learner.Loss(batch);
            batches.Return(batch);
            loss = objective.ToSingle();
            if (!float.IsFinite(loss))
            {
                return Fail($"The loss became {loss} at step {step}.");
            }

            objective.backward();
            norm = nn.utils.clip_grad_norm_(_parameters, Plan.Options.ClipNorm > 0 ? Plan.Options.ClipNorm : double.PositiveInfinity);
            if (!double.IsFinite(norm))
            {
                return Fail($"The gradient became {norm} at step {step}.");
            }

            _optimizer.step();
            _average?.Update(step);
        }

        Step = step;
        _epochLossSum += loss;
        _epochLossSteps++;
        _throughput.Count(_order.BatchSize, _throughput.Pause());
        return new StepCompleted(step, EpochOf(step), loss, (float)rate, (float)norm, _throughput.ImagesPerSecond);
    }

    private StepCompleted? Fail(string what)
    {
        _throughput.Pause();
        var rate = _schedule.RateAt(Step + 1);
        var advice = Plan.Options.ClipNorm > 0 ? "Lower the learning rate or lengthen the warm-up" : "Lower the learning rate, lengthen the warm-up or switch gradient clipping on";
        _failure = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{what} {advice}; the rate was {rate:0.######}. The last good weights are kept.");
        KeepGoodWeights();
        return null;
    }

    private ValidationCompleted Look()
    {
        _throughput.Resume();
        var evaluation = _evaluated.Evaluate(Plan.Data.Validation, _look);
        _throughput.Pause();
        NoteGoodWeights(evaluation);
        return new ValidationCompleted(Step, Epoch, Whole: false, evaluation);
    }

    private (ValidationCompleted, EpochCompleted) CloseEpoch()
    {
        _throughput.Resume();
        _evaluated.Calibrate(Plan.Data.Validation, _look);
        var evaluation = _evaluated.Evaluate(Plan.Data.Validation, _validation);
        _throughput.Pause();
        NoteGoodWeights(evaluation);
        var isBest = NoteBest(evaluation);
        var trainLoss = (float)(_epochLossSum / Math.Max(1, _epochLossSteps));
        (_epochLossSum, _epochLossSteps) = (0, 0);
        _epochsClosed = Epoch;
        return (new ValidationCompleted(Step, Epoch, Whole: true, evaluation), new EpochCompleted(Step, Epoch, trainLoss, ActiveSeconds, isBest));
    }

    private bool HasStalled => Plan.Options.EarlyStopEpochs > 0 && _best is not null && _epochsClosed - _bestEpoch >= Plan.Options.EarlyStopEpochs;

    private int EpochOf(long step) => (int)((step - 1) / StepsPerEpoch) + 1;
}

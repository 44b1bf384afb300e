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
    private readonly Queue<TrainingEvent> _happened = [];
    private bool _started;
    private bool _stopRequested;
    private double? _pendingRate;
    private long _lookedAt;

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

        Learner = CreateLearner();
        if (plan.TransferFrom is { } source)
        {
            _transferred = StateDict.Transfer(Learner.Network, source.ModelTensors.ToDictionary());
        }

        _evaluated = Learner;
        if (plan.Options.EmaDecay > 0)
        {
            _evaluated = CreateLearner();
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

        _lookedAt = Step;
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

    /// <summary>All that has happened is told: the moment for commands, captures and pauses.</summary>
    public bool IsAtBoundary => _happened.Count == 0;

    /// <summary>
    /// Trains to the end of the plan: <see cref="RunStarted"/>, a <see cref="StepCompleted"/> for every step with validations and
    /// epochs between, and <see cref="RunEnded"/> last. Can be enumerated once.
    /// </summary>
    /// <param name="isAwaited">
    /// Asked after every step: whether somebody waits for what was taken to be told. Until then steps are taken one after another and told
    /// together after a tenth of a second, because reading a loss makes the host wait for the device. Null tells each step as it is taken.
    /// </param>
    /// <remarks>Between two events of the same moment <see cref="IsAtBoundary"/> is false: the trainer is further on than what it has told.</remarks>
    public IEnumerable<TrainingEvent> Run(Func<bool>? isAwaited = null)
    {
        if (_started)
        {
            throw new InvalidOperationException("A trainer runs once; make another one with the last checkpoint as Resume.");
        }

        _started = true;
        return Events(isAwaited ?? (static () => true));
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
    public Reading Read(PlanarImage prepared, bool withAttention) => _evaluated.Read(prepared, withAttention);

    public void Dispose()
    {
        _untold.Dispose();
        _optimizer.Dispose();
        if (_evaluated != Learner)
        {
            _evaluated.Dispose();
        }

        Learner.Dispose();
    }

    private IEnumerable<TrainingEvent> Events(Func<bool> isAwaited)
    {
        yield return new RunStarted(Step, TotalSteps, StepsPerEpoch, _parameters.Sum(parameter => parameter.numel()), Plan.Data.Description, Plan.Data.Checksum, _transferred);

        using var batches = new BatchQueue(Learner, Plan.Data.Train, _order, Step, TotalSteps, Plan.Options.AccumulationSteps);
        Learner.Network.train();
        while (true)
        {
            while (_happened.TryDequeue(out var happened))
            {
                yield return happened;
                if (happened is RunEnded)
                {
                    yield break;
                }
            }

            try
            {
                GoOn(batches, isAwaited);
            }
            catch (Exception e) when (OutOfMemory.Is(e))
            {
                _throughput.Pause();
                End(RunOutcome.Failed, OutOfMemory.Advice(Plan));
            }
        }
    }

    /// <summary>Does what comes next and puts into <see cref="_happened"/> what there is to tell of it.</summary>
    private void GoOn(BatchQueue batches, Func<bool> isAwaited)
    {
        _trouble?.Throw();
        if (_failure is not null)
        {
            End(RunOutcome.Failed, _failure);
        }
        else if (_stopRequested)
        {
            End(RunOutcome.Stopped, null);
        }
        else if (_epochsClosed < Step / StepsPerEpoch)
        {
            CloseEpoch();
        }
        else if (Step == TotalSteps || HasStalled)
        {
            End(RunOutcome.Completed, HasStalled ? $"No better validation result for {Plan.Options.EarlyStopEpochs} epochs." : null, TestBest());
        }
        else if (_lookedAt != Step && IsLookDue)
        {
            Look();
        }
        else if (_pendingRate is { } rate)
        {
            _pendingRate = null;
            _schedule.Override = new RateOverride(Step + 1, rate);
            _happened.Enqueue(new LearningRateChanged(Step + 1, rate));
        }
        else
        {
            TakeSteps(batches, isAwaited);
        }
    }

    private void End(RunOutcome outcome, string? reason, IReadOnlyDictionary<string, double>? test = null) => _happened.Enqueue(new RunEnded(Step, outcome, reason, test));

    private void Look()
    {
        _lookedAt = Step;
        var evaluation = Validate(_look);
        _happened.Enqueue(new ValidationCompleted(Step, Epoch, Whole: false, evaluation));
    }

    private void CloseEpoch()
    {
        var evaluation = Validate(_validation, calibrate: true);
        var isBest = NoteBest(evaluation);
        var trainLoss = (float)(_epochLossSum / Math.Max(1, _epochLossSteps));
        (_epochLossSum, _epochLossSteps) = (0, 0);
        _epochsClosed = Epoch;
        _happened.Enqueue(new ValidationCompleted(Step, Epoch, Whole: true, evaluation));
        _happened.Enqueue(new EpochCompleted(Step, Epoch, trainLoss, ActiveSeconds, isBest));
    }

    private Evaluation Validate(int[] images, bool calibrate = false)
    {
        _throughput.Resume();
        if (calibrate)
        {
            _evaluated.Calibrate(Plan.Data.Validation, _look);
        }

        var evaluation = _evaluated.Evaluate(Plan.Data.Validation, images);
        _throughput.Pause();
        NoteGoodWeights(evaluation);
        return evaluation;
    }

    private bool IsLookDue => Step % _lookEvery == 0 && Step % StepsPerEpoch != 0;

    private Learner CreateLearner()
    {
        var learner = Plan.Experiment.CreateLearner(Plan.Options);
        learner.MoveTo(Plan.Device);
        return learner;
    }

    private bool HasStalled => Plan.Options.EarlyStopEpochs > 0 && _best is not null && _epochsClosed - _bestEpoch >= Plan.Options.EarlyStopEpochs;

    private int EpochOf(long step) => (int)((step - 1) / StepsPerEpoch) + 1;
}

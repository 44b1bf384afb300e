using System.Globalization;
using VitLab.Experiments;
using VitLab.Models;

namespace VitLab.Training;

// What the trainer remembers beside its step: the best and the last good weights, and how they go to checkpoints and back.
public sealed partial class Trainer
{
    private const string RawPrefix = Checkpoint.TrainingPrefix + "raw.", MomentPrefix = Checkpoint.TrainingPrefix + "optimizer.", BestPrefix = Checkpoint.TrainingPrefix + "best.";

    private int _epochsClosed;
    private double _epochLossSum;
    private int _epochLossSteps;
    private double? _best;
    private int _bestEpoch;
    private long _bestStep;
    private IReadOnlyDictionary<string, double> _bestMetrics = new Dictionary<string, double>();
    private IReadOnlyDictionary<string, double> _lastMetrics = new Dictionary<string, double>();
    private Dictionary<string, HostTensor>? _bestWeights;
    private Dictionary<string, HostTensor> _good;

    /// <summary>A checkpoint this run can go on from.</summary>
    public Checkpoint Capture()
    {
        var tensors = StateDict.Export(_evaluated.Network);
        if (_average is not null)
        {
            AddWithPrefix(tensors, RawPrefix, StateDict.Export(Learner.Network));
        }

        AddWithPrefix(tensors, MomentPrefix, Optimizers.Export(_optimizer, Learner.Network, out var optimizerSteps));
        if (_bestWeights is not null)
        {
            AddWithPrefix(tensors, BestPrefix, _bestWeights);
        }

        var state = new ResumeState
        {
            Optimizer = Plan.Options.Optimizer,
            OptimizerSteps = optimizerSteps,
            EpochsClosed = _epochsClosed,
            EpochLossSum = _epochLossSum,
            EpochLossSteps = _epochLossSteps,
            Best = _best,
            BestEpoch = _bestEpoch,
            BestStep = _bestStep,
            BestMetrics = _bestMetrics,
            RateOverride = _pendingRate is { } pending ? new RateOverride(Step + 1, pending) : _schedule.Override,
            ActiveSeconds = ActiveSeconds,
        };
        return new Checkpoint(Info(Step, Epoch, _lastMetrics) with { TrainingState = state.ToJson() }, tensors);
    }

    /// <summary>The weights that are evaluated (the averaged ones when averaging is on), without training state.</summary>
    public Checkpoint CaptureWeights() => new(Info(Step, Epoch, _lastMetrics), StateDict.Export(_evaluated.Network));

    /// <summary>The weights of the best whole validation so far, with their metrics (and the test's after a completed run); null before the first.</summary>
    public Checkpoint? CaptureBest() => _bestWeights is null ? null : new Checkpoint(Info(_bestStep, _bestEpoch, _bestMetrics), _bestWeights);

    private CheckpointInfo Info(long step, int epoch, IReadOnlyDictionary<string, double> metrics) => new(
        Plan.Experiment.Id,
        Plan.Preset,
        Plan.Options,
        step,
        epoch,
        Plan.Data.Source,
        Plan.Data.Checksum,
        metrics,
        Plan.Command,
        DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    private void Restore(Checkpoint checkpoint)
    {
        var info = checkpoint.Info;
        if (info.Experiment != Plan.Experiment.Id)
        {
            throw new CheckpointException(info.Experiment, $"a run of {Plan.Experiment.Id} cannot go on from a checkpoint of {info.Experiment}.");
        }

        var state = ResumeState.Of(info);
        var weights = checkpoint.ModelTensors.ToDictionary();
        var raw = WithoutPrefix(checkpoint, RawPrefix);
        StateDict.Import(_evaluated.Network, weights, info.Experiment);
        StateDict.Import(Learner.Network, raw.Count > 0 ? raw : weights, info.Experiment);
        if (state.Optimizer == Plan.Options.Optimizer)   // a fork with another optimizer starts its moments afresh
        {
            Optimizers.Import(_optimizer, Learner.Network, WithoutPrefix(checkpoint, MomentPrefix), state.OptimizerSteps);
        }

        Step = info.Step;
        _schedule.Override = state.RateOverride;
        _throughput.ActiveSeconds = state.ActiveSeconds;
        _epochsClosed = Math.Min(state.EpochsClosed, (int)(Step / StepsPerEpoch));   // a fork with larger batches has fewer steps an epoch
        (_epochLossSum, _epochLossSteps) = (state.EpochLossSum, state.EpochLossSteps);
        (_best, _bestEpoch, _bestStep, _bestMetrics, _lastMetrics) = (state.Best, state.BestEpoch, state.BestStep, state.BestMetrics, info.Metrics);
        _bestWeights = WithoutPrefix(checkpoint, BestPrefix) is { Count: > 0 } best ? best : null;
        _good = StateDict.Export(Learner.Network);
    }

    private bool NoteBest(Evaluation evaluation)
    {
        _lastMetrics = Metrics("validation", evaluation);
        var value = evaluation.Metrics[Plan.Experiment.Card.PrimaryMetric.Key];
        if (!double.IsFinite(evaluation.Loss) || value <= _best)
        {
            return false;
        }

        (_best, _bestEpoch, _bestStep, _bestMetrics) = (value, Epoch, Step, _lastMetrics);
        _bestWeights = StateDict.Export(_evaluated.Network);
        return true;
    }

    /// <summary>Reads the whole test split with the best weights, and leaves the last ones in place.</summary>
    private Dictionary<string, double> TestBest()
    {
        var last = StateDict.Export(_evaluated.Network);
        if (_bestWeights is not null)
        {
            StateDict.Import(_evaluated.Network, _bestWeights, Plan.Experiment.Id);
        }

        var evaluation = _evaluated.Evaluate(Plan.Data.Test, [.. Enumerable.Range(0, Plan.Data.Test.Count)]);
        StateDict.Import(_evaluated.Network, last, Plan.Experiment.Id);
        var test = Metrics("test", evaluation);
        _bestMetrics = _bestMetrics.Where(pair => !test.ContainsKey(pair.Key)).Concat(test).ToDictionary();   // a fork brings its parent's along
        return new Dictionary<string, double>(evaluation.Metrics) { ["loss"] = evaluation.Loss };
    }

    private static Dictionary<string, double> Metrics(string split, Evaluation evaluation)
    {
        var metrics = evaluation.Metrics.ToDictionary(pair => $"{split}.{pair.Key}", pair => pair.Value);
        metrics[$"{split}.loss"] = evaluation.Loss;
        return metrics;
    }

    // An optimizer step with an enormous rate can leave weights that are not finite before any loss is; then the run falls back to the
    // last weights whose validation was.
    private void NoteGoodWeights(Evaluation evaluation)
    {
        if (double.IsFinite(evaluation.Loss))
        {
            _good = StateDict.Export(Learner.Network);
        }
    }

    private void KeepGoodWeights()
    {
        if (!IsFinite(StateDict.Export(Learner.Network)))
        {
            StateDict.Import(Learner.Network, _good, Plan.Experiment.Id);
        }

        if (!IsFinite(StateDict.Export(_evaluated.Network)))
        {
            StateDict.Import(_evaluated.Network, _good, Plan.Experiment.Id);
        }
    }

    private static bool IsFinite(Dictionary<string, HostTensor> tensors) =>
        tensors.Values.All(tensor => Array.TrueForAll(tensor.Floats ?? [], float.IsFinite));

    private static void AddWithPrefix(Dictionary<string, HostTensor> tensors, string prefix, IReadOnlyDictionary<string, HostTensor> more)
    {
        foreach (var (name, tensor) in more)
        {
            tensors.Add(prefix + name, tensor);
        }
    }

    private static Dictionary<string, HostTensor> WithoutPrefix(Checkpoint checkpoint, string prefix) =>
        checkpoint.Tensors.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(pair => pair.Key[prefix.Length..], pair => pair.Value);
}

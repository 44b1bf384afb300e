using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;
using VitLab.Vision;

namespace VitLab.Training;

// Steps: taken one after another without asking the device for a number, then read back and told together.
public sealed partial class Trainer
{
    /// <summary>How long steps may be taken before they are told.</summary>
    private static readonly TimeSpan s_tellingInterval = TimeSpan.FromMilliseconds(100);

    private readonly UntoldSteps _untold = new();
    private ExceptionDispatchInfo? _trouble;
    private string? _failure;

    /// <summary>Steps taken since the last one that was told.</summary>
    public int StepsUntold => _untold.Count;

    /// <summary>Takes steps until they are awaited, the interval is over, or something is due; at least one. Trouble comes out when the steps before it are told.</summary>
    private void TakeSteps(BatchQueue batches, Func<bool> isAwaited)
    {
        _throughput.Resume();
        try
        {
            var start = Stopwatch.GetTimestamp();
            do
            {
                TakeStep(batches);
            }
            while (Step % StepsPerEpoch != 0 && !IsLookDue && !isAwaited() && Stopwatch.GetElapsedTime(start) < s_tellingInterval);
        }
        catch (Exception e)
        {
            _trouble = ExceptionDispatchInfo.Capture(e);
        }

        ReadBack();
    }

    private void TakeStep(BatchQueue batches)
    {
        var step = Step + 1;
        var rate = _schedule.RateAt(step);
        torch.manual_seed((long)(SeededRandom.Mix((ulong)Plan.Options.Seed, (ulong)step) >> 1));   // dropout follows from seed and step, so a resumed run repeats it
        foreach (var group in _optimizer.ParamGroups)
        {
            group.LearningRate = rate;
        }

        using (torch.NewDisposeScope())
        {
            _optimizer.zero_grad();
            var loss = Backward(batches);
            var norm = GradientClip.Apply(_parameters, Plan.Options.ClipNorm > 0 ? Plan.Options.ClipNorm : double.PositiveInfinity);
            _optimizer.step();
            _average?.Update(step);
            _untold.Add(step, (float)rate, loss, norm);
        }

        Step = step;
    }

    /// <summary>Leaves the gradient of the batch's mean loss in the parameters, gathered part by part.</summary>
    /// <returns>The loss, where it was computed.</returns>
    private Tensor Backward(BatchQueue batches)
    {
        Tensor? sum = null;
        for (var part = 0; part < batches.Parts; part++)
        {
            var batch = batches.Take();
            var loss = Learner.Loss(batch) * ((double)batch.Count / _order.BatchSize);
            batches.Return(batch);
            loss.backward();
            sum = sum is null ? loss.detach() : sum + loss.detach();
        }

        return sum!;
    }

    // Steps with finite numbers happened; the first one without ends the run before it.
    private void ReadBack()
    {
        var taken = _untold.ReadBack();
        _throughput.Count(taken.Count * _order.BatchSize, _throughput.Pause());
        foreach (var (step, rate, loss, norm) in taken)
        {
            if (!float.IsFinite(loss) || !float.IsFinite(norm))
            {
                Fail(step, float.IsFinite(loss) ? $"The gradient became {norm}" : $"The loss became {loss}");
                return;
            }

            _epochLossSum += loss;
            _epochLossSteps++;
            _happened.Enqueue(new StepCompleted(step, EpochOf(step), loss, rate, norm, _throughput.ImagesPerSecond));
        }
    }

    private void Fail(long step, string what)
    {
        var advice = Plan.Options.ClipNorm > 0 ? "Lower the learning rate or lengthen the warm-up" : "Lower the learning rate, lengthen the warm-up or switch gradient clipping on";
        _failure = string.Create(CultureInfo.InvariantCulture, $"{what} at step {step}. {advice}; the rate was {_schedule.RateAt(step):0.######}. The last good weights are kept.");
        Step = step - 1;
        KeepGoodWeights();
    }
}

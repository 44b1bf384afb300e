using VitLab.Experiments;

namespace VitLab.Training;

/// <summary>
/// Rate by step: a linear warm-up from 0 to the peak, then half a cosine down to the final fraction. A rate set by hand takes over at its
/// step and goes on down the same cosine in proportion, without warm-up.
/// </summary>
public sealed class LearningRateSchedule(TrainingOptions options, int stepsPerEpoch)
{
    private readonly double _peak = options.LearningRate;
    private readonly double _final = options.FinalRateFraction;
    private readonly double _warmUpSteps = options.WarmUpEpochs * stepsPerEpoch;
    private readonly double _totalSteps = (double)options.Epochs * stepsPerEpoch;

    /// <summary>The rate last set by hand and the step it holds from; null while the plan's own schedule holds.</summary>
    public RateOverride? Override { get; set; }

    /// <param name="step">From 1.</param>
    public double RateAt(long step)
    {
        if (Override is { } by && step >= by.Step)
        {
            return by.Rate * (Descent(by.Step) is > 0 and var start ? Descent(step) / start : 1);
        }

        return step <= _warmUpSteps ? _peak * step / _warmUpSteps : _peak * Descent(step);
    }

    // 1 until the warm-up's end, the final fraction at the last step.
    private double Descent(long step)
    {
        var progress = Math.Clamp((step - _warmUpSteps) / Math.Max(1, _totalSteps - _warmUpSteps), 0, 1);
        return _final + ((1 - _final) * 0.5 * (1 + Math.Cos(Math.PI * progress)));
    }
}

/// <param name="Step">First step it is used at.</param>
public sealed record RateOverride(long Step, double Rate);

namespace VitLab.Experiments;

/// <summary>What learners of pictures of digits share: one channel, scaled as MNIST's pixels are.</summary>
/// <typeparam name="TScore">What answers are counted by.</typeparam>
public abstract class DigitLearner<TScore> : PictureLearner<TScore>
    where TScore : DigitScore
{
    /// <inheritdoc/>
    protected DigitLearner(Experiment experiment, TrainingOptions options, int targetsPerSample)
        : base(experiment, options, targetsPerSample)
    {
    }

    protected sealed override void Normalize(Span<float> pixels) => DigitPixels.Normalize(pixels);
}

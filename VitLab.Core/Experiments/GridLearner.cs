using VitLab.Data;

namespace VitLab.Experiments;

/// <summary>What learners of grids share: samples composed of source digits.</summary>
public abstract class GridLearner : DigitLearner<DigitScore>
{
    private readonly GridExperiment _experiment;
    private readonly GridOptions _options;
    private readonly GridComposer _composer;

    /// <inheritdoc/>
    protected GridLearner(GridExperiment experiment, GridOptions options, int targetsPerSample)
        : base(experiment, options, targetsPerSample) => (_experiment, _options, _composer) = (experiment, options, options.ToComposer());

    protected sealed override void ComposeSample(ImageSet images, ulong seed, int index, InputGeometry picture, Span<float> pixels, Span<long> targets)
    {
        Span<int> labels = stackalloc int[_composer.Cells];
        _composer.Compose(images, seed, pixels, labels);
        WriteTargets(labels, targets);
    }

    protected sealed override void ComposePlainSample(ImageSet images, int index, InputGeometry picture, Span<float> pixels, Span<long> targets)
    {
        Span<int> labels = stackalloc int[_composer.Cells];
        _composer.ComposePlain(images, index, pixels, labels);
        WriteTargets(labels, targets);
    }

    private protected sealed override DigitScore NewScore() => new(_experiment.Classes(_options).Count, _experiment.Measure);

    /// <summary>Puts a grid's labels (<see cref="GridComposer.Empty"/> where there is no digit) into its row of targets.</summary>
    protected abstract void WriteTargets(ReadOnlySpan<int> labels, Span<long> targets);
}

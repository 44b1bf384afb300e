using VitLab.Insight;

namespace VitLab.Experiments;

/// <summary>The digits of a grid written down one by one in reading order: an encoder over the patches, a decoder that looks at them and stops by itself.</summary>
public sealed class GridTranscription : GridExperiment
{
    public override string Id => "grid-transcriber";

    public override ExperimentCard Card { get; } = new(
        "Grid, written down",
        "Phase 2",
        "Write four digits down in reading order: an encoder sees the patches, a decoder looks at them digit by digit.",
        GridMetrics);

    public override IReadOnlyList<ExperimentPreset> Presets { get; } =
    [
        new("d64", "Width 64", "4 encoder and 2 decoder blocks, 4 heads, MLP 128, 16 patches of 14 px.", "96 % of MNIST grids all right in 10 epochs", 0.96, new GridTranscriptionOptions
        {
            SamplesPerEpoch = 60_000,
            Epochs = 10,
            BatchSize = 100,
            LearningRate = 3e-3,
            WarmUpEpochs = 0.5,
            EmaDecay = 0.998,
            LabelSmoothing = 0.05,
        }),
    ];

    public override Type OptionsType => typeof(GridTranscriptionOptions);

    public override IReadOnlyList<string> Classes => Digits;

    public override InputGeometry Geometry(TrainingOptions options)
    {
        var grid = (GridTranscriptionOptions)options;
        return new InputGeometry(1, grid.PictureSide, grid.PictureSide, grid.Patch);
    }

    public override Learner CreateLearner(TrainingOptions options) => new GridTranscriptionLearner(this, (GridTranscriptionOptions)options);

    public override ModelCost Cost(TrainingOptions options) => CostCounter.Count(((GridTranscriptionOptions)options).ToConfig());
}

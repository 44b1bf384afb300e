using VitLab.Insight;

namespace VitLab.Experiments;

/// <summary>Four digits in a 2 × 2 grid (or 9, or 16), read at once: the backbone on the whole picture and a classifier head for each cell.</summary>
public sealed class GridHeads : GridExperiment
{
    /// <summary>Class of a cell without a digit.</summary>
    public const int EmptyClass = 10;

    public override string Id => "grid-heads";

    public override ExperimentCard Card { get; } = new(
        "Grid, a head per cell",
        "Phase 2",
        "Read four digits at once: the same backbone on a larger picture, one classifier head for each cell.",
        GridMetrics);

    public override IReadOnlyList<ExperimentPreset> Presets { get; } =
    [
        new("d64", "Width 64", "4 blocks, 4 heads, MLP 128, patches of 7 px.", "97 % of MNIST grids all right in 15 epochs", 0.97, new GridHeadsOptions
        {
            SamplesPerEpoch = 60_000,
            Epochs = 15,
            BatchSize = 100,
            LearningRate = 2e-3,
            WarmUpEpochs = 0.5,
            EmaDecay = 0.998,
            EmptyChance = 0.1,
            JitterPixels = 2,
            RotateDegrees = 8,
            ScaleFraction = 0.08,
            ShearDegrees = 6,
        }),
    ];

    public override Type OptionsType => typeof(GridHeadsOptions);

    public override IReadOnlyList<string> Classes { get; } = [.. Digits, "empty"];

    public override InputGeometry Geometry(TrainingOptions options)
    {
        var grid = (GridHeadsOptions)options;
        return new InputGeometry(1, grid.PictureSide, grid.PictureSide, grid.Patch);
    }

    public override Learner CreateLearner(TrainingOptions options) => new GridHeadsLearner(this, (GridHeadsOptions)options);

    public override ModelCost Cost(TrainingOptions options) => CostCounter.Count(((GridHeadsOptions)options).ToConfig());
}

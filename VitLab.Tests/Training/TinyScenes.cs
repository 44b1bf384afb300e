using VitLab.Experiments;
using VitLab.Training;

namespace VitLab.Tests.Training;

/// <summary>Runs on scenes small enough for a unit test: the bars of <see cref="TinyRuns"/>, anywhere.</summary>
internal static class TinyScenes
{
    public static FreeLayout Experiment { get; } = new();

    public static FreeLayoutOptions Options { get; } = new()
    {
        Patch = 14,
        Dim = 8,
        Depth = 1,
        Heads = 2,
        MlpDim = 16,
        Epochs = 3,
        BatchSize = 8,
        LearningRate = 5e-3,
        WarmUpEpochs = 0.5,
        Dropout = 0.1,
        RotateDegrees = 5,
        MostDigits = 3,
    };

    public static TrainingPlan Plan => new(Experiment, "d64", Options, TinyRuns.Data);
}

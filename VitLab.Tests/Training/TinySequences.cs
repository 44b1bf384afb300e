using VitLab.Experiments;

namespace VitLab.Tests.Training;

/// <summary>Runs on sequences small enough for a unit test: the bars of <see cref="TinyRuns"/>, up to ten to a strip.</summary>
internal static class TinySequences
{
    public static SequenceSum Sum { get; } = new();

    public static AnchorInSequence Anchor { get; } = new();

    public static SequenceOptions Options { get; } = new()
    {
        Channels = 2,
        Embedding = 8,
        Depth = 1,
        Heads = 2,
        MlpDim = 16,
        Hidden = 6,
        Epochs = 3,
        BatchSize = 8,
        LearningRate = 5e-3,
        WarmUpEpochs = 0.5,
        LabelSmoothing = 0,
        RotateDegrees = 5,
    };

    public static SequenceOptions Baseline { get; } = Options with { Model = SequenceOptions.FullyConnected };
}

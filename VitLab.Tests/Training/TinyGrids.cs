using VitLab.Data;
using VitLab.Experiments;
using VitLab.Training;

namespace VitLab.Tests.Training;

/// <summary>Runs on grids small enough for a unit test: the bars of <see cref="TinyRuns"/>, four to a picture.</summary>
internal static class TinyGrids
{
    public static GridHeads Heads { get; } = new();

    public static GridHeadsOptions HeadsOptions { get; } = new()
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
        JitterPixels = 2,
        EmptyChance = 0.2,
    };

    public static GridTranscription Transcription { get; } = new();

    public static GridTranscriptionOptions TranscriptionOptions { get; } = new()
    {
        Dim = 8,
        Depth = 1,
        DecoderDepth = 1,
        Heads = 2,
        MlpDim = 16,
        Epochs = 3,
        BatchSize = 8,
        LearningRate = 5e-3,
        WarmUpEpochs = 0.5,
        Dropout = 0.1,
        RotateDegrees = 5,
        JitterPixels = 2,
        EmptyChance = 0.2,
    };

    /// <summary>Both tasks with their options.</summary>
    public static (GridExperiment Experiment, GridOptions Options) Of(string id) => id == Heads.Id ? (Heads, HeadsOptions) : (Transcription, TranscriptionOptions);

    public static TrainingPlan Plan(string id)
    {
        var (experiment, options) = Of(id);
        return new TrainingPlan(experiment, "d64", options, TinyRuns.Data);
    }

    /// <summary>Pictures that carry a stamp each: every pixel of picture i is first + i, so that one pixel of a cell tells what it was made of.</summary>
    public static ImageSet Stamped(int count, byte first)
    {
        var pixels = new byte[count * 28 * 28];
        for (var i = 0; i < count; i++)
        {
            pixels.AsSpan(i * 28 * 28, 28 * 28).Fill((byte)(first + i));
        }

        return new ImageSet(1, 28, 28, pixels, [.. Enumerable.Range(0, count).Select(i => (byte)(i % 10))]);
    }
}

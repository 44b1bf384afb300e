using VitLab.Data;
using VitLab.Experiments;
using VitLab.Training;

namespace VitLab.Tests.Training;

/// <summary>Runs small enough for a unit test: a two-block model 8 wide on a few dozen pictures whose label can be seen at a glance.</summary>
internal static class TinyRuns
{
    public static Experiment Experiment { get; } = ExperimentCatalog.Find("single-digit");

    public static SingleDigitOptions Options { get; } = new()
    {
        Patch = 14,
        Dim = 8,
        Depth = 2,
        Heads = 2,
        MlpDim = 16,
        Epochs = 3,
        BatchSize = 8,
        LearningRate = 5e-3,
        WarmUpEpochs = 0.5,
        Dropout = 0.1,
        AttentionDropout = 0.1,
        StochasticDepth = 0.1,
        ShiftPixels = 1,
        RotateDegrees = 5,
    };

    /// <summary>Bars: a digit's label is how far down its bar lies; noise keeps pictures of one label apart.</summary>
    public static ImageSplits Data { get; } = new("bars", "Bars.", "0123456789abcdef", Bars(40, 1), Bars(20, 2), Bars(30, 3));

    public static TrainingPlan Plan(SingleDigitOptions? options = null, ImageSplits? data = null) => new(Experiment, "d64", options ?? Options, data ?? Data);

    public static ImageSet Bars(int count, int seed)
    {
        var random = new Random(seed);
        var (pixels, labels) = (new byte[count * 28 * 28], new byte[count]);
        for (var i = 0; i < count; i++)
        {
            var picture = pixels.AsSpan(i * 28 * 28, 28 * 28);
            labels[i] = (byte)(i % 10);
            for (var p = 0; p < picture.Length; p++)
            {
                picture[p] = (byte)random.Next(60);
            }

            picture.Slice(28 * (4 + (2 * labels[i])), 2 * 28).Fill(255);
        }

        return new ImageSet(1, 28, 28, pixels, labels);
    }
}

using System.Diagnostics;
using VitLab.Experiments;
using VitLab.Models;
using VitLab.Vision;

namespace VitLab.Inference;

/// <summary>Measures how long one prepared picture takes to be read: to probabilities alone, and with attention as the pages ask for it.</summary>
public static class InferenceBenchmark
{
    private const int WarmUp = 500;

    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Untrained weights: reading costs the same, except that a decoder which knows no better writes as long as it may, so its figure is that of
    /// the longest text.
    /// </summary>
    /// <param name="reads">At most; fewer of a model so large that they would take longer than ten seconds.</param>
    public static InferenceMeasurement Measure(Experiment experiment, ExperimentPreset preset, ComputeDevice device, int reads = 4000)
    {
        using var learner = experiment.CreateLearner(preset.Options);
        learner.MoveTo(device);
        var picture = Picture(experiment, preset.Options);
        var (plain, attentive) = (Time(learner, picture, withAttention: false, reads), Time(learner, picture, withAttention: true, reads));
        return new InferenceMeasurement(experiment.Id, preset.Id, plain.P50, plain.P99, attentive.P50, attentive.P99);
    }

    internal static PlanarImage Picture(Experiment experiment, TrainingOptions options)
    {
        var geometry = experiment.Geometry(options);
        var picture = PlanarImage.Of(geometry.Channels, geometry.Width, geometry.Height, new byte[geometry.Channels * geometry.Width * geometry.Height]);
        new Random(1).NextBytes(picture.Pixels);   // ink everywhere
        return picture;
    }

    private static (double P50, double P99) Time(Learner learner, PlanarImage picture, bool withAttention, int reads)
    {
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < Math.Min(WarmUp, reads) && Stopwatch.GetElapsedTime(began) < s_longest / 5; i++)
        {
            learner.Read(picture, withAttention);
        }

        List<double> milliseconds = [];
        while (milliseconds.Count == 0 || (milliseconds.Count < reads && Stopwatch.GetElapsedTime(began) < s_longest))
        {
            var start = Stopwatch.GetTimestamp();
            learner.Read(picture, withAttention);
            milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        milliseconds.Sort();
        return (milliseconds[milliseconds.Count / 2], milliseconds[milliseconds.Count * 99 / 100]);
    }
}

/// <param name="P50Ms">Median milliseconds per picture, probabilities alone.</param>
/// <param name="P99Ms">99 of 100 pictures take at most this.</param>
/// <param name="AttentionP50Ms">The same with the attention of every layer and head.</param>
/// <param name="AttentionP99Ms">Likewise.</param>
public sealed record InferenceMeasurement(string Experiment, string Preset, double P50Ms, double P99Ms, double AttentionP50Ms, double AttentionP99Ms);

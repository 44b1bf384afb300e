using System.Diagnostics;
using VitLab.Experiments;
using VitLab.Vision;

namespace VitLab.Inference;

/// <summary>Measures how long one picture takes to be read, picture in and probabilities out, without attention.</summary>
public static class InferenceBenchmark
{
    private const int WarmUp = 500;

    /// <summary>Untrained weights: reading costs the same.</summary>
    public static InferenceMeasurement Measure(Experiment experiment, ExperimentPreset preset, int reads = 4000)
    {
        using var learner = experiment.CreateLearner(preset.Options);
        var geometry = experiment.Geometry(preset.Options);
        var picture = new GrayImage(geometry.Width, geometry.Height);
        picture.Pixels.AsSpan().Fill(128);
        for (var i = 0; i < WarmUp; i++)
        {
            learner.Read(picture, withAttention: false);
        }

        var milliseconds = new double[reads];
        for (var i = 0; i < reads; i++)
        {
            var start = Stopwatch.GetTimestamp();
            learner.Read(picture, withAttention: false);
            milliseconds[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(milliseconds);
        return new InferenceMeasurement(experiment.Id, preset.Id, milliseconds[reads / 2], milliseconds[reads * 99 / 100]);
    }
}

/// <param name="P50Ms">Median milliseconds per picture.</param>
/// <param name="P99Ms">99 of 100 pictures take at most this.</param>
public sealed record InferenceMeasurement(string Experiment, string Preset, double P50Ms, double P99Ms);

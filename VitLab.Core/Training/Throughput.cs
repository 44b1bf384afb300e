using System.Diagnostics;

namespace VitLab.Training;

/// <summary>Counts the time spent in the trainer, not in who listens to it, and smooths images a second over about a second.</summary>
internal sealed class Throughput
{
    private long _resumed;
    private double _rate;

    public double ActiveSeconds { get; set; }

    public float ImagesPerSecond => (float)_rate;

    public void Resume() => _resumed = Stopwatch.GetTimestamp();

    public double Pause()
    {
        var seconds = Stopwatch.GetElapsedTime(_resumed).TotalSeconds;
        ActiveSeconds += seconds;
        return seconds;
    }

    public void Count(int images, double seconds)
    {
        var now = images / Math.Max(seconds, 1e-9);
        _rate = _rate == 0 ? now : _rate + ((now - _rate) * (1 - Math.Exp(-seconds)));
    }
}

namespace VitLab.Web.Components.Train;

/// <summary>
/// Images per second once they have stopped rising. A fresh process compiles its code while it runs, and compiles the busy parts again, better: the first
/// second of a training is several times slower than the third.
/// </summary>
public sealed class SteadyRate
{
    /// <summary>Images are counted in spans of this length, or of one step where that takes longer.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromSeconds(0.4);

    /// <summary>Sooner than this nothing is believed: code is compiled again only after it has run for a while.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1.6);

    /// <summary>A rate that still rises then is taken as it is.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private const int Calm = 3;
    private const double Rise = 1.05;

    private readonly List<(double Seconds, long Images)> _spans = [];
    private TimeSpan _from;
    private long _images;

    /// <summary>True when the last spans were no faster than those before, or time is up.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>Over the last spans.</summary>
    public double ImagesPerSecond => Over(_spans.TakeLast(Calm));

    /// <param name="elapsed">Since the start.</param>
    /// <param name="images">More than were counted before.</param>
    public void Count(TimeSpan elapsed, int images)
    {
        _images += images;
        if (elapsed - _from < Span)
        {
            return;
        }

        _spans.Add(((elapsed - _from).TotalSeconds, _images));
        (_from, _images) = (elapsed, 0);
        IsKnown = elapsed >= Longest || (elapsed >= Shortest && _spans.Count > Calm && !IsRising());
    }

    private bool IsRising() => Rate(_spans[^1]) > Rise * Over(_spans.SkipLast(1).TakeLast(Calm - 1)) || Over(_spans.TakeLast(Calm)) > Rise * Rate(_spans[^(Calm + 1)]);

    private static double Rate((double Seconds, long Images) span) => span.Images / span.Seconds;

    private static double Over(IEnumerable<(double Seconds, long Images)> spans) => spans.Sum(span => span.Images) / spans.Sum(span => span.Seconds);
}

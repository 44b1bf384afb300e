using System.Globalization;
using VitLab.Experiments;
using VitLab.Web.Runs;

namespace VitLab.Web.Components.Corrections;

/// <summary>One metric before and after teaching.</summary>
/// <param name="On">"Your corrections" or "Test digits".</param>
public sealed record TeachingChange(string On, Metric Metric, double? Before, double? After)
{
    private const string Test = "Test digits";
    private const double ForgetfulPoints = -1;

    /// <summary>Percentage points to the hundredth, as the table shows them; null when one side was not measured.</summary>
    public double? Points => After - Before is { } change ? Math.Round(100 * change, 2) : null;

    private double? Gain => Metric.LowerIsBetter ? -Points : Points;

    /// <summary>"better", "worse", "same" or "unknown": its colour; the words stand beside it.</summary>
    public string Direction => Gain switch
    {
        null => "unknown",
        > 0 => "better",
        < 0 => "worse",
        _ => "same",
    };

    public string Words => Gain switch
    {
        null => "–",
        > 0 and var points => string.Create(CultureInfo.InvariantCulture, $"▲ {points:0.00} points better"),
        < 0 and var points => string.Create(CultureInfo.InvariantCulture, $"▼ {-points:0.00} points worse"),
        _ => "= unchanged",
    };

    /// <summary>True where so much was forgotten that a person should think twice.</summary>
    public bool IsForgetful => On == Test && Gain < ForgetfulPoints;

    /// <summary>Every metric of the run's experiment, on the corrections first: that is what was asked for.</summary>
    public static IReadOnlyList<TeachingChange> Of(RunRecord run)
    {
        var (before, after) = (run.Teaching?.Before, run.Teaching?.After);
        var metrics = ExperimentCatalog.Find(run.Experiment).Card.Metrics;
        return
        [
            .. metrics.Select(metric => new TeachingChange("Your corrections", metric, metric.In(before?.Corrections), metric.In(after?.Corrections))),
            .. metrics.Select(metric => new TeachingChange(Test, metric, metric.In(before?.Test), metric.In(after?.Test))),
        ];
    }
}

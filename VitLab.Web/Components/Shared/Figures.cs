using System.Globalization;
using VitLab.Experiments;

namespace VitLab.Web.Components.Shared;

/// <summary>Numbers as people read them, the same on every page; the browser's counterpart is shared/format.ts.</summary>
public static class Figures
{
    private const char ThinSpace = '\u202f';

    private static readonly NumberFormatInfo s_format = NumberFormatInfo.InvariantInfo;

    /// <summary>12345 becomes "12,345".</summary>
    public static string Count(long value) => value.ToString("#,0", s_format);

    /// <summary>Three digits and a prefix, ready for a unit: 139018 becomes "139 k", 5362762 "5.36 M", 640 "640 ".</summary>
    public static string Si(double value)
    {
        var (scaled, prefix) = value switch
        {
            < 999.5 => (value, ""),
            < 999_500 => (value / 1e3, "k"),
            < 999_500_000 => (value / 1e6, "M"),
            < 999_500_000_000 => (value / 1e9, "G"),
            _ => (value / 1e12, "T"),
        };
        var digits = prefix.Length == 0 ? 0 : scaled switch { < 9.995 => 2, < 99.95 => 1, _ => 0 };
        return scaled.ToString($"F{digits}", s_format) + ThinSpace + prefix;
    }

    /// <summary>How much more or less than before: "+24 %", "−8.5 %", "×3.2" from three times on; null when it is the same to within half a thousandth.</summary>
    public static string? Change(double now, double before) => (now / before) switch
    {
        double.NaN or (> 0.9995 and < 1.0005) => null,
        >= 2.995 and var times => "×" + times.ToString(times < 9.95 ? "0.0" : "#,0", s_format),
        var times => (times > 1 ? "+" : "−") + (Math.Abs(times - 1) * 100).ToString(Math.Abs(times - 1) < 0.0995 ? "0.0" : "0", s_format) + ThinSpace + "%",
    };

    /// <summary>As many digits as it has, six at most: "95", "97.5".</summary>
    public static string Number(double value) => value.ToString("0.######", s_format);

    /// <summary>0.9931 becomes "99.31 %"; "–" when unknown.</summary>
    public static string Percent(double? share, int digits = 2) =>
        share is { } value && double.IsFinite(value) ? (value * 100).ToString($"F{digits}", s_format) + ThinSpace + "%" : "–";

    /// <summary>0.03187 becomes "0.0319"; "–" when unknown or exploded.</summary>
    public static string Loss(double? loss) => loss is { } value && double.IsFinite(value) ? value.ToString("0.0000", s_format) : "–";

    /// <summary>"accuracy 99.31 %": those of an experiment's metrics that were measured, the primary one first.</summary>
    public static string Metrics(ExperimentCard card, IReadOnlyDictionary<string, double>? metrics) =>
        string.Join(", ", card.Metrics.Where(metric => metric.In(metrics) is not null).Select(metric => $"{InSentence(metric.Title)} {Percent(metric.In(metrics))}"));

    /// <summary>A title inside a sentence: "Accuracy" becomes "accuracy", "AUC" stays.</summary>
    public static string InSentence(string title) => title.Length > 1 && char.IsUpper(title[1]) ? title : char.ToLowerInvariant(title[0]) + title[1..];

    /// <summary>"8.2 s", "48 s", "2 min 05 s", "1 h 04 min".</summary>
    public static string Duration(double seconds) => seconds switch
    {
        < 0 or double.NaN => "–",
        < 9.95 => string.Create(s_format, $"{seconds:0.0}{ThinSpace}s"),
        < 59.5 => string.Create(s_format, $"{seconds:0}{ThinSpace}s"),
        < 3599.5 => Pair(Math.Round(seconds), 60, "min", "s"),
        _ => Pair(Math.Round(seconds / 60), 60, "h", "min"),
    };

    /// <summary>"640 B", "1.9 MB", "16.8 GB".</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1000 => string.Create(s_format, $"{bytes}{ThinSpace}B"),
        < 999_500 => string.Create(s_format, $"{bytes / 1e3:0}{ThinSpace}kB"),
        < 999_950_000 => string.Create(s_format, $"{bytes / 1e6:0.0}{ThinSpace}MB"),
        _ => string.Create(s_format, $"{bytes / 1e9:0.0}{ThinSpace}GB"),
    };

    /// <summary>Coordinated universal time, to the minute: "2026-11-21 01:45".</summary>
    public static string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm", s_format);

    private static string Pair(double small, int size, string large, string unit) =>
        string.Create(s_format, $"{Math.Floor(small / size):0}{ThinSpace}{large} {small % size:00}{ThinSpace}{unit}");
}

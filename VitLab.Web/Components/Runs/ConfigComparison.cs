using VitLab.Experiments;
using VitLab.Web.Runs;

namespace VitLab.Web.Components.Runs;

/// <summary>The settings in which runs differ, one row a setting, one value a run.</summary>
public sealed record ConfigComparison(IReadOnlyList<ConfigComparison.Row> Rows)
{
    /// <param name="Values">In the order of the runs; null where a run has no such setting.</param>
    public sealed record Row(string Title, IReadOnlyList<string?> Values);

    public static ConfigComparison Of(IReadOnlyList<RunRecord> runs)
    {
        IEnumerable<Row> plain =
        [
            new("Experiment", [.. runs.Select(run => run.Experiment)]),
            new("Preset", [.. runs.Select(run => run.Preset)]),
            new("Started from", [.. runs.Select(run => run.Origin is { } origin ? $"{origin.RunId}/{origin.Checkpoint}" : null)]),
        ];
        var settings = runs
            .SelectMany(run => OptionSchema.Of(run.Options.GetType()).Fields)
            .DistinctBy(field => field.Key)
            .Select(field => new Row(field.Title, [.. runs.Select(run => ValueOf(run, field.Key))]));
        return new ConfigComparison([.. plain.Concat(settings).Where(row => row.Values.Distinct().Count() > 1)]);
    }

    private static string? ValueOf(RunRecord run, string key)
    {
        var field = OptionSchema.Of(run.Options.GetType()).Fields.FirstOrDefault(field => field.Key == key);
        return field is null ? null : field.Unit.Length == 0 ? field.GetText(run.Options) : $"{field.GetText(run.Options)} {field.Unit}";
    }
}

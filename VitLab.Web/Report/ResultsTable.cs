using System.Text.Json.Serialization;
using VitLab.Experiments;

namespace VitLab.Web.Report;

/// <summary>
/// The catalogue's presets with what was measured of them, in the catalogue's order. Those whose runs would take too long have a row once they
/// have been measured; a row whose preset is gone goes too.
/// </summary>
/// <param name="IsSmoke">Made of a few samples each, to see that every row can be made: its figures mean nothing.</param>
public sealed record ResultsTable(bool IsSmoke, IReadOnlyList<ResultRow> Rows)
{
    [JsonPropertyOrder(-1)]
    public string Title => IsSmoke ? "Results of a smoke run" : "Results";

    public static ResultsTable Of(bool isSmoke, IReadOnlyList<ResultRow> known) => new(isSmoke,
    [
        .. from experiment in ExperimentCatalog.All
           from preset in experiment.Presets
           let row = known.FirstOrDefault(row => row.IsOf(experiment, preset))
           where row is not null || preset.ResultsEpochs is not 0
           select row is null ? new ResultsJob(experiment, preset, ResultsJob.UsualSeeds, isSmoke).Unmeasured : row with { Published = preset.Published },
    ]);

    /// <summary>The same with this row in its place.</summary>
    public ResultsTable With(ResultRow row) => Of(IsSmoke, [row, .. Rows]);
}

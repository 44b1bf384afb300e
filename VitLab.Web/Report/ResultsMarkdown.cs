using System.Globalization;
using System.Text;
using VitLab.Experiments;
using VitLab.Web.Components.Shared;

namespace VitLab.Web.Report;

/// <summary>The results table for people: a section for each experiment, a line for each preset, then the machines and data that the lines name.</summary>
internal sealed class ResultsMarkdown
{
    private const string None = "–", Break = "<br>";

    private readonly StringBuilder _text = new();
    private readonly List<ResultMachine> _machines;
    private readonly List<ResultData> _data;

    private ResultsMarkdown(ResultsTable table)
    {
        List<Measurement> measured = [.. table.Rows.Select(row => row.Ours).OfType<Measurement>()];
        _machines = [.. measured.Select(ours => ours.Machine).Distinct()];
        _data = [.. measured.Select(ours => ours.Data).Distinct()];
    }

    public static string Of(ResultsTable table)
    {
        var page = new ResultsMarkdown(table);
        page.Head(table);
        foreach (var rows in table.Rows.GroupBy(row => row.Experiment)) page.Section(ExperimentCatalog.Find(rows.Key), rows);
        page.Notes("Machines", page._machines.Select((machine, index) => $"{Letter(index)}: {Describe(machine)}"));
        page.Notes("Data", page._data.Select((data, index) => $"{Name(data, index)}: {data.Description} SHA-256 `{data.Checksum}`."));
        return page._text.ToString();
    }

    private void Head(ResultsTable table)
    {
        Line($"# {table.Title}", "");
        if (table.IsSmoke) Line("**A smoke run: a few samples and steps for each row, to see that every row can be made. These figures say nothing about the models.**", "");
        Line(
            "Written by the command `results`: every preset trained with fixed seeds by the ordinary trainer, then its test split read once by the weights that read the validation split",
            "best. A row is made again by its own command (`VitLab.Web COMMAND`) or by `results --only EXPERIMENT/PRESET`.",
            "");
    }

    private void Section(Experiment experiment, IEnumerable<ResultRow> rows)
    {
        Line(
            $"## {experiment.Card.Title} (`{experiment.Id}`)", "", experiment.Card.Goal, "",
            "| preset | the source's figure | ours, on test data | seeds | epochs | training samples | time of a run | machine | data | date | command |",
            "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var row in rows) Line($"| {string.Join(" | ", Cells(experiment.Card, row).Select(Escape))} |");
        Line("");
    }

    private IEnumerable<string> Cells(ExperimentCard card, ResultRow row)
    {
        var preset = row.StartsFrom is null ? $"`{row.Preset}`" : $"`{row.Preset}`, from `{row.StartsFrom}`";
        string[] head = [preset, Published(card, row.Published), Ours(card, row)];
        string[] made = row.Ours is not { } ours ? [None, None, None, None, None, None, None] :
        [
            string.Join(", ", ours.Seeds), Figures.Count(ours.Epochs), Figures.Count(ours.Samples), Figures.Duration(ours.Seconds), Letter(_machines.IndexOf(ours.Machine)),
            Name(ours.Data, _data.IndexOf(ours.Data)), ours.Date,
        ];
        return [.. head, .. made, $"`{row.Command}`"];
    }

    private static string Published(ExperimentCard card, IReadOnlyList<PublishedFigure> published) => published.Count == 0 ? None
        : string.Join(Break, published.GroupBy(figure => figure.Source).Select(source =>
            $"{string.Join(", ", source.Select(figure => $"{Title(card, figure.Metric)} {Format(figure.Metric, figure.Value)}"))} ({source.Key})"));

    private static string Ours(ExperimentCard card, ResultRow row) => row switch
    {
        { Failure: { } failure } => $"failed: {failure}",
        { Ours: null } => "not measured yet",
        _ => string.Join(Break, row.Ours.Metrics.Select(metric => $"{Title(card, metric.Key)} {Format(metric.Key, metric.Value.Mean)}{Spread(metric.Key, metric.Value.Spread)}")),
    };

    private static string Spread(string metric, double? spread) => spread is { } known ? $" ± {Format(metric, known)}" : "";

    private static string Title(ExperimentCard card, string metric) => Figures.InSentence(card.Metrics.FirstOrDefault(known => known.Key == metric)?.Title ?? metric);

    private static string Format(string metric, double value) => metric == "loss" ? Figures.Loss(value) : Figures.Percent(value);

    private static string Describe(ResultMachine machine) =>
        $"{machine.Processor}, {machine.Cores} core{(machine.Cores == 1 ? "" : "s")}{(machine.Memory is { } memory ? $", {Figures.Bytes(memory)}" : "")}; {machine.System}; {machine.Runtime}; {machine.Engine} on {machine.Device}.";

    private static string Letter(int index) => index < 26 ? $"{(char)('A' + index)}" : string.Create(CultureInfo.InvariantCulture, $"M{index + 1}");

    private static string Name(ResultData data, int index) => string.Create(CultureInfo.InvariantCulture, $"{data.Source} [{index + 1}]");

    private void Notes(string title, IEnumerable<string> notes)
    {
        List<string> lines = [.. notes.Select(note => $"* {note}")];
        if (lines.Count > 0) Line([$"## {title}", "", .. lines, ""]);
    }

    // A line break or a bar would end the cell.
    private static string Escape(string cell) => cell.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);

    private void Line(params ReadOnlySpan<string> lines)
    {
        foreach (var line in lines) _text.Append(line).Append('\n');
    }
}

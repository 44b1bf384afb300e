using System.CommandLine;
using System.Text.Json;
using VitLab.Data;
using VitLab.Experiments;
using VitLab.Inference;
using VitLab.Vision;
using VitLab.Web.Runs;
using VitLab.Web.Startup;

namespace VitLab.Web.Cli;

/// <summary>eval: how well a checkpoint reads a split of the data, or labelled drawings.</summary>
internal static class EvalCommand
{
    private const string DrawingsSplit = "drawings";

    public static Command Create(CliConsole console, Func<Lab> open)
    {
        var checkpoint = CheckpointReference.Option();
        var data = new Option<string?>("--data") { Description = $"Data: {string.Join(", ", DataCatalog.Sources)}; what it was trained on by default." };
        var split = new Option<string>("--split") { Description = "train, validation or test.", DefaultValueFactory = _ => "test" };
        var seed = new Option<int?>("--seed") { Description = "Seed of generated data; the checkpoint's by default." };
        var drawings = new Option<string?>("--drawings") { Description = "Read these labelled drawings instead (one JSON object a line)." };
        var parts = new Option<bool>("--parts") { Description = "Also measure each kind of sample by itself, where the task has several: by size and number of digits." };
        var device = DeviceOption.Create();
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("eval", "Measures a checkpoint.") { checkpoint, data, split, seed, drawings, parts, device, json };
        command.SetAction((parsed, ct) => CommandLine.GuardAsync(console, async () =>
        {
            await using var lab = open();
            using var predictor = new Predictor(lab.LoadCheckpoint(parsed.GetValue(checkpoint)!), Placement.Require(parsed.GetValue(device)!));
            var result = parsed.GetValue(drawings) is { } file
                ? EvaluateDrawings(predictor, file)
                : await EvaluateAsync(
                    lab, predictor, parsed.GetValue(data) ?? predictor.Info.Data, Parse(parsed.GetValue(split)!), parsed.GetValue(seed) ?? predictor.Info.Options.Seed, parsed.GetValue(parts), console, ct);
            if (parsed.GetValue(json)) await console.Out.WriteLineAsync(JsonSerializer.Serialize(result, LabJson.Options));
            else await SayAsync(console.Out, result);
            return ExitCode.Done;
        }));
        return command;
    }

    private static async Task<EvalResult> EvaluateAsync(Lab lab, Predictor predictor, string data, Split split, int seed, bool parts, CliConsole console, CancellationToken ct)
    {
        using var progress = new ActivityLine(console);
        var splits = await lab.Data.LoadAsync(data, seed, progress.Show, ct);
        var evaluation = await Task.Run(() => predictor.Evaluate(splits[split]), ct);
        return new EvalResult(
            predictor.Info.Experiment, predictor.Info.Preset, splits.Source, split.ToString().ToLowerInvariant(), evaluation.Samples,
            WithLoss(evaluation))
        {
            Parts = parts ? await Task.Run<EvalPart[]>(() => [.. predictor.EvaluateParts(splits[split]).Select(part => new EvalPart(part.Name, part.Evaluation.Samples, WithLoss(part.Evaluation)))], ct) : null,
        };
    }

    private static async Task SayAsync(TextWriter writer, EvalResult result)
    {
        await writer.WriteLineAsync($"{result.Experiment} {result.Preset} on {result.Data} {result.Split}, {result.Samples:N0} samples: {TrainCommand.Metrics(result.Metrics)}");
        foreach (var part in result.Parts ?? []) await writer.WriteLineAsync($"{part.Name}, {part.Samples:N0} samples: {TrainCommand.Metrics(part.Metrics)}");
    }

    private static Dictionary<string, double> WithLoss(Evaluation evaluation) => new(evaluation.Metrics) { ["loss"] = evaluation.Loss };

    private static EvalResult EvaluateDrawings(Predictor predictor, string file)
    {
        var answers = new AnswerCount();
        foreach (var (index, drawing) in DrawingsIn(file).Index())
        {
            var label = drawing.Label ?? throw new DrawingFormatException("label", "missing; a drawing needs its label to be counted right or wrong.", index + 1);
            var seen = predictor.Experiment.Prepare(drawing, predictor.Info.Options);
            var read = seen is null ? [] : predictor.Read(seen, withAttention: false).Labels;
            answers.Add([.. label], [.. read]);
        }

        if (answers.Pictures == 0) throw new DrawingFormatException("", $"{file} holds no drawings.");
        return new EvalResult(predictor.Info.Experiment, predictor.Info.Preset, Path.GetFileName(file), DrawingsSplit, answers.Pictures, predictor.Experiment.Measure(answers));
    }

    /// <summary>Errors name the file as well as the line.</summary>
    internal static IEnumerable<Drawing> DrawingsIn(string file)
    {
        using var drawings = DrawingFile.Read(file).GetEnumerator();
        while (true)
        {
            try
            {
                if (!drawings.MoveNext()) yield break;
            }
            catch (DrawingFormatException e)
            {
                throw new DrawingFormatException(e.Field, $"{e.Reason} (in {file})", e.Line, e);
            }

            yield return drawings.Current;
        }
    }

    private static Split Parse(string split) => Enum.TryParse<Split>(split, ignoreCase: true, out var parsed) && !int.TryParse(split, out _) ? parsed
        : throw new OptionException("split", $"expected train, validation or test, got \"{split}\".");

    /// <summary>Public shape of <c>eval --json</c>; parts are null unless they were asked for.</summary>
    private sealed record EvalResult(string Experiment, string Preset, string Data, string Split, int Samples, IReadOnlyDictionary<string, double> Metrics)
    {
        public IReadOnlyList<EvalPart>? Parts { get; init; }
    }

    private sealed record EvalPart(string Name, int Samples, IReadOnlyDictionary<string, double> Metrics);
}

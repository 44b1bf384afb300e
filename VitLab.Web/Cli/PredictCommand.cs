using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using VitLab.Experiments;
using VitLab.Inference;
using VitLab.Vision;
using VitLab.Web.Startup;

namespace VitLab.Web.Cli;

/// <summary>predict: reads a PNG or a file of drawings.</summary>
internal static class PredictCommand
{
    public static Command Create(CliConsole console, Func<Lab> open)
    {
        var checkpoint = CheckpointReference.Option();
        var image = new Option<string?>("--image") { Description = "A PNG of any size, grey or colour; of ink, dark on light paper or the other way round." };
        var drawings = new Option<string?>("--drawings") { Description = "Drawings, one JSON object a line." };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("predict", "Reads a picture or drawings with a checkpoint.") { checkpoint, image, drawings, json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(image) is null == result.GetValue(drawings) is null) result.AddError("predict: give either --image or --drawings.");
        });
        command.SetAction((parsed, _) => CommandLine.GuardAsync(console, async () =>
        {
            await using var lab = open();
            using var predictor = new Predictor(lab.LoadCheckpoint(parsed.GetValue(checkpoint)!));
            Prediction[] predictions = parsed.GetValue(image) is { } picture
                ? [Read(predictor, Path.GetFileName(picture), predictor.Experiment.Prepare(Png.Decode(File.ReadAllBytes(picture)), predictor.Info.Options), label: null)]
                : [.. EvalCommand.DrawingsIn(parsed.GetValue(drawings)!).Select((drawing, index) =>
                    Read(predictor, string.Create(CultureInfo.InvariantCulture, $"{index + 1}"), predictor.Experiment.Prepare(drawing, predictor.Info.Options), drawing.Label))];
            if (parsed.GetValue(json))
            {
                var result = new PredictResult(predictor.Info.Experiment, predictor.Info.Preset, predictor.Experiment.Classes(predictor.Info.Options), predictions);
                await console.Out.WriteLineAsync(JsonSerializer.Serialize(result, LabJson.Options));
            }
            else
            {
                foreach (var prediction in predictions) await console.Out.WriteLineAsync(prediction.ToString());
            }

            return ExitCode.Done;
        }));
        return command;
    }

    private static Prediction Read(Predictor predictor, string input, PlanarImage? seen, IReadOnlyList<int>? label)
    {
        var reading = seen is null ? null : predictor.Read(seen, withAttention: false);
        return new Prediction(input, reading?.Text, label, reading?.Regions ?? [], reading?.Tokens);
    }

    /// <summary>What <c>predict --json</c> prints. Text is null and regions are empty where there is no ink; tokens are null for models that do not write.</summary>
    private sealed record PredictResult(string Experiment, string Preset, IReadOnlyList<string> Classes, IReadOnlyList<Prediction> Predictions);

    private sealed record Prediction(string Input, string? Text, IReadOnlyList<int>? Label, IReadOnlyList<RegionReading> Regions, IReadOnlyList<EmittedToken>? Tokens)
    {
        public override string ToString() => Text is null ? $"{Input}: nothing drawn" : string.Create(
            CultureInfo.InvariantCulture, $"{Input}: {Text}  ({string.Join(", ", Regions.Select(region => string.Create(CultureInfo.InvariantCulture, $"{100 * region.Probabilities[region.Predicted]:0.0} %")))})");
    }
}

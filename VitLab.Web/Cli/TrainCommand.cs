using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using VitLab.Data;
using VitLab.Experiments;
using VitLab.Training;
using VitLab.Web.Runs;
using VitLab.Web.Startup;

namespace VitLab.Web.Cli;

/// <summary>train: an ordinary run in the lab's folder, watched from the terminal.</summary>
internal static class TrainCommand
{
    public static Command Create(CliConsole console, Func<Lab> open)
    {
        var experiment = new Argument<string>("EXPERIMENT") { Description = $"What to train: {string.Join(", ", ExperimentCatalog.All.Select(e => e.Id))}." };
        var preset = new Option<string?>("--preset") { Description = "Preset of the experiment; its first by default." };
        var epochs = new Option<string?>("--epochs") { Description = "Passes over the training data." };
        var data = new Option<string?>("--data") { Description = $"Data: {string.Join(", ", DataCatalog.TrainingSources)}." };
        var seed = new Option<string?>("--seed") { Description = "Seed of weights, order and augmentation." };
        var set = new Option<string[]>("--set") { Description = "key=value of any option, repeatable: " + Keys(), AllowMultipleArgumentsPerToken = true };
        var from = new Option<string?>("--from") { Description = $"Start from these weights: a run id, run-id/checkpoint, or {CheckpointReference.Shipped}." };
        var name = new Option<string?>("--name") { Description = "Name of the run." };
        var output = new Option<string?>("--output") { Description = "Also write the best weights to this safetensors file, with what made them and how good they are." };
        var device = DeviceOption.Create();
        var json = new Option<bool>("--json") { Description = "Print the result as JSON." };
        var command = new Command("train", "Trains a model; Ctrl+C stops it with a checkpoint.") { experiment, preset, epochs, data, seed, set, from, name, output, device, json };
        command.SetAction((parsed, ct) => CommandLine.GuardAsync(console, async () =>
        {
            (string Key, string? Value)[] named = [("epochs", parsed.GetValue(epochs)), ("data", parsed.GetValue(data)), ("seed", parsed.GetValue(seed))];
            var options = named.Where(pair => pair.Value is not null).Concat((parsed.GetValue(set) ?? []).Select(Split)).ToDictionary(pair => pair.Key, pair => pair.Value);
            var request = new RunRequest(
                parsed.GetValue(experiment)!, parsed.GetValue(preset), JsonSerializer.SerializeToElement(options), parsed.GetValue(name), parsed.GetValue(from))
            {
                Command = console.CommandLine,
                Device = parsed.GetValue(device)!,
            };
            await using var lab = open();
            return await TrainAsync(lab, request, parsed.GetValue(output), parsed.GetValue(json), console, ct);
        }));
        return command;
    }

    private static async Task<int> TrainAsync(Lab lab, RunRequest request, string? output, bool json, CliConsole console, CancellationToken ct)
    {
        if (output is not null) CheckWritable(output);
        await lab.StartWorkerAsync();
        var trained = await ForegroundRun.TrainAsync(lab, request, console, ct);
        await lab.StopWorkerAsync();
        var run = trained.Record;
        var checkpoint = AnsweringPath(run, lab.Store.Folder(run.Id));
        if (output is not null && checkpoint is not null) Checkpoint.Load(checkpoint).WeightsOnly().Save(output);
        if (json) await console.Out.WriteLineAsync(JsonSerializer.Serialize(TrainResult.Of(run, checkpoint, output), LabJson.Options));
        else await SayAsync(console.Out, run, trained.Ended, checkpoint, output);
        if (trained.Trouble is null) return run.State switch { RunState.Completed => ExitCode.Done, RunState.Stopped => ExitCode.Interrupted, _ => ExitCode.Failed };
        await console.Error.WriteLineAsync(trained.Trouble);
        return ExitCode.Failed;
    }

    private static async Task SayAsync(TextWriter writer, RunRecord run, RunEnded? ended, string? checkpoint, string? output)
    {
        await writer.WriteLineAsync($"{run.Id}: {run.State} after {run.Step} steps, {TrainProgress.Time(run.ActiveSeconds)} of training. {(run.State == RunState.Completed ? ended?.Reason : null)}".TrimEnd());
        if (run.Best is { } best) await writer.WriteLineAsync($"Best validation (epoch {run.BestEpoch}): {Metrics(best)}");
        if (run.Test is { } test) await writer.WriteLineAsync($"Test, best weights: {Metrics(test)}");
        if (run.Teaching is { Before: { } before, After: { } after })
        {
            await writer.WriteLineAsync($"Corrections, before and after: {Metrics(before.Corrections)}; {Metrics(after.Corrections)}");
            await writer.WriteLineAsync($"Test, before and after: {Metrics(before.Test)}; {Metrics(after.Test)}");
            await writer.WriteLineAsync("Its weights answer drawings once you accept them on the page /corrections.");
        }

        if (checkpoint is not null) await writer.WriteLineAsync($"Checkpoint: {checkpoint}");
        if (output is not null && checkpoint is not null) await writer.WriteLineAsync($"Exported: {Path.GetFullPath(output)}");
    }

    internal static string Metrics(IReadOnlyDictionary<string, double> metrics) => string.Join(", ", metrics.Select(pair =>
        pair.Key.EndsWith("loss", StringComparison.Ordinal) ? string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value:0.0000}") : string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {100 * pair.Value:0.00} %")));

    /// <summary>The best weights; the last ones of a run that teaches corrections, which was measured by them, and while there are no best.</summary>
    private static string? AnsweringPath(RunRecord run, RunFolder folder) =>
        run.Teaching is null && File.Exists(folder.Checkpoint("best")) ? folder.Checkpoint("best") : File.Exists(folder.Checkpoint("last")) ? folder.Checkpoint("last") : null;

    private static (string Key, string? Value) Split(string pair) => pair.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
        ? (pair[..at].Trim(), pair[(at + 1)..].Trim())
        : throw new OptionException("set", $"expected key=value, got \"{pair}\".");

    private static void CheckWritable(string output)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(output))!;
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"--output: there is no folder '{folder}'.");
    }

    private static string Keys() => string.Join(", ", ExperimentCatalog.All.SelectMany(e => OptionSchema.Of(e).Fields).Select(field => field.Key).Distinct()) + ".";

    /// <summary>What <c>train --json</c> prints.</summary>
    private sealed record TrainResult(
        string Run, string Experiment, string Preset, string Data, string State, long Steps, int Epochs, double Seconds,
        IReadOnlyDictionary<string, double>? Validation, IReadOnlyDictionary<string, double>? Test, string? Failure, string? Checkpoint, string? Output, Teaching? Teaching)
    {
        public static TrainResult Of(RunRecord run, string? checkpoint, string? output) => new(
            run.Id, run.Experiment, run.Preset, run.Options.Data, run.State.ToString(), run.Step, run.Epoch, run.ActiveSeconds,
            run.Best, run.Test, run.Failure, checkpoint, output is null ? null : Path.GetFullPath(output), run.Teaching);
    }
}

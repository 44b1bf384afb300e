using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;
using VitLab.Experiments;
using VitLab.Inference;
using VitLab.Models;
using VitLab.Training;
using VitLab.Web.Runs;
using VitLab.Web.Startup;

namespace VitLab.Web.Cli;

/// <summary>bench: how fast this machine trains and reads, against its own best matrix product.</summary>
internal static class BenchCommand
{
    public static Command Create(CliConsole console)
    {
        var seconds = new Option<double>("--seconds") { Description = "Length of each timed round.", DefaultValueFactory = _ => 2 };
        var only = OnlyOption.Create("Measure");
        var device = DeviceOption.Create();
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("bench", "Measures training and inference speed of every preset; takes about a quarter of a minute each.") { seconds, only, device, json };
        command.Validators.Add(result =>
        {
            if (result.GetResult(seconds) is { Implicit: false } && result.GetValue(seconds) is not (>= 0.01 and <= 600)) result.AddError("--seconds: expected 0.01 to 600.");
        });
        command.SetAction((parsed, ct) => CommandLine.GuardAsync(console, async () =>
        {
            var where = Placement.Require(parsed.GetValue(device)!);
            var presets = OnlyOption.Choose(parsed.GetValue(only));
            var result = await OnOneThreadAsync(() => Measure(presets, where, parsed.GetValue(seconds), console, ct));
            if (parsed.GetValue(json)) await console.Out.WriteLineAsync(JsonSerializer.Serialize(result, LabJson.Options));
            else await SayAsync(console.Out, result);
            return ExitCode.Done;
        }));
        return command;
    }

    private static BenchResult Measure(IReadOnlyList<(Experiment Experiment, ExperimentPreset Preset)> presets, ComputeDevice device, double seconds, CliConsole console, CancellationToken ct)
    {
        using var progress = new ActivityLine(console);
        progress.Show("matrix product");
        var gemm = TrainingBenchmark.MeasureGemm(device, seconds / 4);
        var training = new List<TrainingRow>();
        var inference = new List<InferenceMeasurement>();
        foreach (var (experiment, preset) in presets)
        {
            ct.ThrowIfCancellationRequested();
            progress.Show($"{experiment.Id} {preset.Id}");
            var measured = TrainingBenchmark.Measure(experiment, preset, device, seconds: seconds);
            training.Add(new TrainingRow(measured.Experiment, measured.Preset, measured.Batch, measured.ImagesPerSecond, measured.Gflops, measured.Gflops / gemm, measured.AllocatedBytesPerStep));
            inference.Add(InferenceBenchmark.Measure(experiment, preset, device, reads: Math.Max(100, (int)(2000 * seconds))));
        }

        return new BenchResult(new Machine(Hardware.This.Engine, device, RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription), gemm, training, inference);
    }

    // Dispose scopes belong to a thread, and a measurement should not share its own.
    private static Task<T> OnOneThreadAsync<T>(Func<T> work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static async Task SayAsync(TextWriter writer, BenchResult result)
    {
        await writer.WriteLineAsync($"{result.Machine.Engine} on {result.Machine.Device.Id}: {result.Machine.Device.Name}, {result.Machine.Runtime}, {result.Machine.System}");
        await writer.WriteLineAsync(Invariant($"matrix product: {result.GemmGflops:0.0} GFLOP/s"));
        foreach (var row in result.Training)
        {
            await writer.WriteLineAsync(Invariant(
                $"train {row.Experiment} {row.Preset}, batch {row.Batch}: {row.ImagesPerSecond:N0} img/s, {row.Gflops:0.0} GFLOP/s = {100 * row.ShareOfGemm:0} % of the matrix product, {row.AllocatedBytesPerStep:N0} bytes allocated a step"));
        }

        foreach (var row in result.Inference)
        {
            await writer.WriteLineAsync(Invariant($"read {row.Experiment} {row.Preset}: p50 {row.P50Ms:0.000} ms, p99 {row.P99Ms:0.000} ms; with attention p50 {row.AttentionP50Ms:0.000} ms, p99 {row.AttentionP99Ms:0.000} ms"));
        }
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>Public shape of <c>bench --json</c>.</summary>
    private sealed record BenchResult(Machine Machine, double GemmGflops, IReadOnlyList<TrainingRow> Training, IReadOnlyList<InferenceMeasurement> Inference);

    private sealed record TrainingRow(string Experiment, string Preset, int Batch, double ImagesPerSecond, double Gflops, double ShareOfGemm, long AllocatedBytesPerStep);

    private sealed record Machine(string Engine, ComputeDevice Device, string System, string Runtime);
}

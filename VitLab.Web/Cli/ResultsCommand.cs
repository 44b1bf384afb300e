using System.CommandLine;
using System.Globalization;
using VitLab.Experiments;
using VitLab.Models;
using VitLab.Training;
using VitLab.Web.Report;
using VitLab.Web.Runs;

namespace VitLab.Web.Cli;

/// <summary>results: trains every preset with fixed seeds, tests it, and writes the table of all of them.</summary>
internal static class ResultsCommand
{
    /// <param name="open">Opens the lab, with these services in place of its own.</param>
    public static Command Create(CliConsole console, Func<Action<IServiceCollection>?, Lab> open)
    {
        var only = OnlyOption.Create("Make the rows of");
        var quick = new Option<bool>("--quick") { Description = "A smoke run: a few samples of whatever data is here, to see that every row can be made. Writes results.quick.md and .json, never the real table." };
        var seeds = new Option<string>("--seeds") { Description = "Trains each row once with every one of these, separated by commas, and tells mean and spread.", DefaultValueFactory = _ => string.Join(',', ResultsJob.UsualSeeds) };
        var output = new Option<string?>("--out") { Description = "Folder of results.md and results.json (docs; for a smoke run TestResults)." };
        var device = DeviceOption.Create();
        var command = new Command("results", "Trains and tests presets as 'train' does and writes the results table: those asked for, or all but the few that take hours. Ctrl+C keeps the rows that are done.") { only, quick, seeds, output, device };
        command.SetAction((parsed, ct) => CommandLine.GuardAsync(console, async () =>
        {
            var isSmoke = parsed.GetValue(quick);
            var (presets, each) = (OnlyOption.Choose(parsed.GetValue(only), preset => preset.ResultsEpochs is not 0), Seeds(parsed.GetValue(seeds)!));
            List<ResultsJob> jobs = [.. presets.Select(choice => new ResultsJob(choice.Experiment, choice.Preset, each, isSmoke))];
            var chosen = Placement.Require(parsed.GetValue(device)!);
            var folder = new ResultsFolder(Path.GetFullPath(parsed.GetValue(output) ?? (isSmoke ? "TestResults" : "docs")), isSmoke, new RunFiles());
            if (!isSmoke) return await MeasureAsync(jobs, folder, () => open(null), chosen.Id, console, ct);

            var home = Directory.CreateTempSubdirectory("vitlab-smoke-");
            try
            {
                return await MeasureAsync(jobs, folder, () => open(services => services.AddSmokeLab(home.FullName)), chosen.Id, console, ct);
            }
            finally
            {
                home.Delete(recursive: true);
            }
        }));
        return command;
    }

    private static async Task<int> MeasureAsync(List<ResultsJob> jobs, ResultsFolder folder, Func<Lab> open, string device, CliConsole console, CancellationToken ct)
    {
        var table = folder.Read();
        folder.Write(table);                             // what cannot be written is better known before hours of training than after
        await using var lab = open();
        await lab.StartWorkerAsync();
        foreach (var (index, job) in jobs.Index())
        {
            await console.Error.WriteLineAsync($"{job.Name} ({index + 1} of {jobs.Count})");
            var row = await MeasureOrFailAsync(lab, job, device, console, ct);
            folder.Write(table = table.With(row));
            await console.Out.WriteLineAsync($"{job.Name}: {Say(row)}");
        }

        await lab.StopWorkerAsync();
        await console.Out.WriteLineAsync($"{table.Title}: {folder.Markdown}");
        return table.Rows.Any(row => row.Failure is not null && jobs.Any(job => row.IsOf(job.Experiment, job.Preset))) ? ExitCode.Failed : ExitCode.Done;
    }

    private static async Task<ResultRow> MeasureOrFailAsync(Lab lab, ResultsJob job, string device, CliConsole console, CancellationToken ct)
    {
        try
        {
            return await MeasureAsync(lab, job, device, console, ct);
        }
        catch (Exception e) when (e is OptionException or RunException or CheckpointException)
        {
            return job.Unmeasured with { Failure = e.Message };
        }
    }

    private static async Task<ResultRow> MeasureAsync(Lab lab, ResultsJob job, string device, CliConsole console, CancellationToken ct)
    {
        var runs = new List<(RunRecord, RunStarted)>();
        foreach (var seed in job.Seeds)
        {
            ct.ThrowIfCancellationRequested();
            if (job.DataFrom(lab.Catalog) is not { } data) return job.Unmeasured;
            var run = await ForegroundRun.TrainAsync(lab, job.Request(seed, data, device), console, ct);
            if (run.Trouble is { } trouble) return job.Unmeasured with { Failure = trouble };
            if (run is not { Record.State: RunState.Completed, Started: { } started }) throw new OperationCanceledException(ct);
            runs.Add((run.Record, started));
        }

        return job.Measured(runs, lab.Store.Clock.GetUtcNow());
    }

    private static string Say(ResultRow row) => row switch
    {
        { Failure: { } failure } => $"failed: {failure}",
        { Ours: { } ours } => TrainCommand.Metrics(ours.Metrics.ToDictionary(metric => metric.Key, metric => metric.Value.Mean)),
        _ => "left out, its data are not on this machine",
    };

    private static List<int> Seeds(string text)
    {
        List<int> seeds = [];
        foreach (var word in text.Split(','))
        {
            if (!int.TryParse(word, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var seed) || seeds.Contains(seed))
                throw new OptionException("seeds", $"expected different numbers from 0, separated by commas, got \"{text}\".");
            seeds.Add(seed);
        }

        return seeds;
    }
}

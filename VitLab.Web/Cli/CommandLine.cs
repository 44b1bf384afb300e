using System.CommandLine;
using System.CommandLine.Invocation;
using VitLab.Data;
using VitLab.Experiments;
using VitLab.Models;
using VitLab.Vision;
using VitLab.Web.Runs;

namespace VitLab.Web.Cli;

/// <summary>The command line of the lab. Without a verb it serves.</summary>
public static class CommandLine
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);   // after Ctrl+C: finish the step, write the checkpoint

    /// <param name="configure">Tests put their doubles in here.</param>
    public static async Task<int> RunAsync(string[] args, CliConsole? console = null, Action<IServiceCollection>? configure = null)
    {
        console ??= CliConsole.OfProcess(args);
        var parsed = Root(console, configure).Parse(ServeCommand.IsMeant(args) ? ["serve", .. args] : args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var problem in parsed.Errors) await console.Error.WriteLineAsync(problem.Message);
            await console.Error.WriteLineAsync("--help lists what there is.");
            return ExitCode.Refused;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = console.Out,
            Error = console.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = s_patience,
        });
    }

    /// <summary>Runs a verb and turns what may go wrong into one line and an exit code.</summary>
    internal static async Task<int> GuardAsync(CliConsole console, Func<Task<int>> verb)
    {
        try
        {
            return await verb();
        }
        catch (OperationCanceledException)
        {
            await console.Error.WriteLineAsync("Stopped.");
            return ExitCode.Interrupted;
        }
        catch (OptionException e)
        {
            foreach (var problem in e.Problems) await console.Error.WriteLineAsync($"{problem.Field}: {problem.Message}");
            return ExitCode.Refused;
        }
        catch (Exception e) when (e is RunException or CheckpointException or DataException or DrawingFormatException or PngFormatException or FileNotFoundException or DirectoryNotFoundException)
        {
            await console.Error.WriteLineAsync(e.Message);
            return ExitCode.Refused;
        }
        catch (Exception e) when (RunFiles.IsDiskTrouble(e))
        {
            await console.Error.WriteLineAsync(e.Message);
            return ExitCode.Failed;
        }
    }

    private static RootCommand Root(CliConsole console, Action<IServiceCollection>? configure)
    {
        Func<Lab> lab = () => Lab.Open(configure);
        var root = new RootCommand($"VitLab: train small Vision Transformers on handwritten digits. Without a verb it serves the lab in the browser. {ExitCode.Help}")
        {
            ServeCommand.Create(console),
            TrainCommand.Create(console, lab),
            EvalCommand.Create(console, lab),
            PredictCommand.Create(console, lab),
            ResultsCommand.Create(console, own => Lab.Open(configure + own)),
            BenchCommand.Create(console),
            DataCommand.Create(console, lab),
        };
        root.SetAction((_, ct) => GuardAsync(console, () => ServeCommand.ServeAsync([], console, ct)));
        return root;
    }
}

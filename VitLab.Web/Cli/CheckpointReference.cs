using System.CommandLine;
using VitLab.Web.Runs;
using VitLab.Web.Startup;

namespace VitLab.Web.Cli;

/// <summary>How checkpoints are named on the command line, as its help says it.</summary>
internal static class CheckpointReference
{
    /// <summary>"a shipped checkpoint (single-digit, …)": those that are beside the program.</summary>
    public static string Shipped => CheckpointLocator.NamesIn(LabFolders.BesideTheProgram) is { Count: > 0 } names ? $"a shipped checkpoint ({string.Join(", ", names)})" : "a shipped checkpoint";

    public static Option<string> Option() => new("--checkpoint") { Description = $"A safetensors file, a run id, run-id/last, or {Shipped}.", Required = true };
}

namespace VitLab.Web.Cli;

/// <summary>How a command ended, for scripts; listed by --help.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Refused = 2;
    public const int Interrupted = 130;

    public const string Help = "Exit codes: 0 done; 1 failed while working (a run that diverged, an address in use, a full disk); 2 refused before working (unknown options, "
        + "values out of range, files that are missing or broken); 130 stopped by Ctrl+C, with a checkpoint.";
}

namespace VitLab.Web.Runs;

/// <param name="ResumeInterrupted">At start-up, go on with runs that were queued or training when the last process ended. The command line trains its own run only.</param>
public sealed record RunWorkerOptions(bool ResumeInterrupted = true);

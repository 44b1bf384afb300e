namespace VitLab.Tests.Support;

/// <summary>How long a test waits for a state that it names: a limit, not a wait, because a machine that also trains and builds is slow now and then.</summary>
public static class Limit
{
    public const int Seconds = 90;

    public static TimeSpan Time { get; } = TimeSpan.FromSeconds(Seconds);
}

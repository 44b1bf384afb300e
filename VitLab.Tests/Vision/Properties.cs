using FsCheck;

namespace VitLab.Tests.Vision;

internal static class Properties
{
    /// <summary>Checks 100 cases, the same ones every time, and prints nothing when they hold.</summary>
    public static void Hold(Property property) =>
        Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithReplay(new Replay(new Rnd(2_026, 1), null)), property);
}

namespace VitLab.Tests.Dialect;

/// <summary>Fails with every finding in full, each on its own line.</summary>
internal static class Verdict
{
    public static void Clean(IEnumerable<string> findings)
    {
        var lines = string.Join('\n', findings);
        Assert.True(lines.Length == 0, lines);
    }
}

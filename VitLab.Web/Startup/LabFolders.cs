namespace VitLab.Web.Startup;

/// <summary>Where the lab keeps its state: one folder, <c>VITLAB_HOME</c>, by default <c>.vitlab</c> in the working folder.</summary>
public sealed class LabFolders
{
    /// <param name="home">The lab's folder; created when something is first written.</param>
    /// <param name="pretrained">Folder of the shipped checkpoints; by default the one beside the program.</param>
    public LabFolders(string home, string? pretrained = null)
    {
        Home = Path.GetFullPath(home);
        Pretrained = pretrained ?? Path.Combine(AppContext.BaseDirectory, "pretrained");
    }

    public string Home { get; }

    public string Pretrained { get; }

    public string Data => Path.Combine(Home, "data");

    public string Runs => Path.Combine(Home, "runs");

    /// <summary>Deleted runs, restorable.</summary>
    public string Trash => Path.Combine(Runs, ".trash");

    public string PinnedProbes => Path.Combine(Home, "probes.jsonl");

    public static LabFolders FromEnvironment() => new(Environment.GetEnvironmentVariable("VITLAB_HOME") is { Length: > 0 } home ? home : ".vitlab");
}

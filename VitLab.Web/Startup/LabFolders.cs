namespace VitLab.Web.Startup;

/// <summary>Where the lab keeps its state: one folder, <c>VITLAB_HOME</c>, by default <c>.vitlab</c> in the working folder.</summary>
public sealed class LabFolders
{
    /// <param name="home">The lab's folder; created when something is first written.</param>
    /// <param name="pretrained">Folder of the shipped checkpoints; by default the one beside the program.</param>
    public LabFolders(string home, string? pretrained = null)
    {
        Home = Path.GetFullPath(home);
        Pretrained = pretrained ?? BesideTheProgram;
    }

    /// <summary>The folder of the checkpoints that ship with the program.</summary>
    public static string BesideTheProgram { get; } = Path.Combine(AppContext.BaseDirectory, "pretrained");

    public string Home { get; }

    public string Pretrained { get; }

    public string Data => Path.Combine(Home, "data");

    public string Runs => Path.Combine(Home, "runs");

    /// <summary>Deleted runs, restorable.</summary>
    public string Trash => Path.Combine(Runs, ".trash");

    public string Corrections => Path.Combine(Home, "corrections", "corrections.jsonl");

    public string PinnedProbes => Path.Combine(Home, "probes.jsonl");

    /// <summary>Makes the lab's folder when it is missing.</summary>
    /// <exception cref="IOException">It cannot be made; names it.</exception>
    public void Require()
    {
        try
        {
            Directory.CreateDirectory(Home);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"VITLAB_HOME: '{Home}' cannot be used as the lab's folder: {e.Message}", e);
        }
    }

    /// <param name="configuration">With the environment in it: VITLAB_HOME.</param>
    public static LabFolders Of(IConfiguration configuration) => new(configuration["VITLAB_HOME"] is { Length: > 0 } home ? home : ".vitlab");
}

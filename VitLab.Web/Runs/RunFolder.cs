namespace VitLab.Web.Runs;

/// <summary>Names inside <c>runs/&lt;id&gt;/</c>. Ids and checkpoint names are checked here, so that neither can ever be a path.</summary>
public sealed class RunFolder
{
    private const int LongestId = 64;

    /// <exception cref="RunNotFoundException">The id is not a slug.</exception>
    public RunFolder(string runs, string id)
    {
        if (!IsSlug(id)) throw new RunNotFoundException(id);
        Root = Path.Combine(runs, id);
    }

    public string Root { get; }

    public string Record => Path.Combine(Root, "run.json");

    public string Events => Path.Combine(Root, "events.jsonl");

    public string Lock => Path.Combine(Root, ".lock");

    /// <summary>Weights the run starts from, copied when it was made: the original may change.</summary>
    public string Origin => Path.Combine(Root, "origin.safetensors");

    /// <summary>The corrections it trains on, copied when it was made: people go on correcting.</summary>
    public string Corrections => Path.Combine(Root, "corrections.jsonl");

    public string Checkpoints => Path.Combine(Root, "checkpoints");

    /// <exception cref="RunException">Not one of "last", "best", "step-N".</exception>
    public string Checkpoint(string name) => IsCheckpointName(name)
        ? Path.Combine(Checkpoints, name + ".safetensors")
        : throw new RunException("checkpoint", $"checkpoint: expected last, best or step-N, got '{name}'.");

    /// <summary>Small letters, digits and inner hyphens: safe in a URL and as a folder.</summary>
    public static bool IsSlug(string id) =>
        id.Length is > 0 and <= LongestId && id[0] != '-' && id.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');

    public static bool IsCheckpointName(string name) =>
        name is "last" or "best" || (name.StartsWith("step-", StringComparison.Ordinal) && name.Length is > 5 and <= 24 && name.AsSpan(5).IndexOfAnyExceptInRange('0', '9') < 0);
}

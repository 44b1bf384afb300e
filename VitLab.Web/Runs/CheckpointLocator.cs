using VitLab.Experiments;
using VitLab.Models;
using VitLab.Web.Startup;

namespace VitLab.Web.Runs;

/// <summary>Finds checkpoints by the names people use: a run id, "run-id/checkpoint", or a shipped checkpoint.</summary>
public sealed class CheckpointLocator(LabFolders folders, RunStore store)
{
    private const string Extension = ".safetensors";

    /// <summary>Names of the shipped checkpoints, sorted.</summary>
    public IReadOnlyList<string> Shipped => NamesIn(folders.Pretrained);

    /// <summary>Names of the checkpoints in a folder, sorted; none when there is no such folder.</summary>
    public static IReadOnlyList<string> NamesIn(string folder) => !Directory.Exists(folder) ? []
        : [.. Directory.EnumerateFiles(folder, "*" + Extension).Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];

    /// <returns>The path of a shipped checkpoint, or null.</returns>
    public string? FindShipped(string name) => Shipped.Contains(name) ? Path.Combine(folders.Pretrained, name + Extension) : null;

    /// <param name="reference">A run id means its best weights; the last ones while there are no best, and of a run that teaches corrections, which was measured by them.</param>
    /// <exception cref="RunException">Nothing of that name, or the run has no such checkpoint yet.</exception>
    public FoundCheckpoint Find(string reference)
    {
        if (FindShipped(reference) is { } shipped) return new FoundCheckpoint(shipped, reference, "best");

        var parts = reference.Split('/');
        if (parts.Length > 2 || !RunFolder.IsSlug(parts[0]) || store.Find(parts[0]) is not { } record)
        {
            var known = Shipped.Count > 0 ? $" Shipped: {string.Join(", ", Shipped)}." : "";
            throw new RunException("from", $"No run and no shipped checkpoint is called '{reference}'.{known}");
        }

        var folder = store.Folder(record.Id);
        var name = parts.Length == 2 ? parts[1] : record.Teaching is null && File.Exists(folder.Checkpoint("best")) ? "best" : "last";
        var path = folder.Checkpoint(name);
        return File.Exists(path) ? new FoundCheckpoint(path, record.Id, name)
            : throw new RunException("checkpoint", $"Run '{record.Id}' has no checkpoint '{name}' yet.");
    }

    /// <summary>The checkpoints of a run, by name; unreadable files are left out.</summary>
    public IReadOnlyList<CheckpointFile> List(string id)
    {
        var folder = store.Folder(id);
        if (!Directory.Exists(folder.Checkpoints)) return [];
        var found = new List<CheckpointFile>();
        foreach (var path in Directory.EnumerateFiles(folder.Checkpoints, "*" + Extension).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            try
            {
                var file = new FileInfo(path);
                if (RunFolder.IsCheckpointName(name)) found.Add(new CheckpointFile(name, Checkpoint.ReadInfo(path).Step, file.Length, file.LastWriteTimeUtc));
            }
            catch (Exception e) when (e is CheckpointException or FileNotFoundException)
            {
                // Replaced or removed while we looked, or not ours: not something to continue from.
            }
        }

        return found;
    }
}

/// <param name="Source">Run id or shipped name.</param>
/// <param name="Name">"last", "best" or "step-N".</param>
public sealed record FoundCheckpoint(string Path, string Source, string Name);

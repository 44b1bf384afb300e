using VitLab.Experiments;

namespace VitLab.Web.Runs;

/// <summary>The few ways in which the run store touches the disk, in one place so that tests can fill it up or break it.</summary>
public class RunFiles
{
    /// <summary>Opens for appending and reading back; other readers may look on.</summary>
    public virtual Stream OpenLog(string path) =>
        new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);

    /// <summary>Writes beside the target, flushes to the disk, renames: a reader sees the old content or the new, never half.</summary>
    public virtual void Replace(string path, ReadOnlySpan<byte> content)
    {
        var temporary = path + ".tmp";
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    public virtual void Save(Checkpoint checkpoint, string path) => checkpoint.Save(path);

    public virtual void CreateFolder(string path) => Directory.CreateDirectory(path);

    /// <summary>True for what a full, read-only or failing disk throws.</summary>
    public static bool IsDiskTrouble(Exception e) => e is IOException or UnauthorizedAccessException;
}

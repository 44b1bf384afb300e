namespace VitLab.Web.Runs;

/// <summary>
/// Marks a run as owned by this process while it trains. The operating system lets go of it when the process dies, so a run found
/// <see cref="RunState.Running"/> without an owner was interrupted.
/// </summary>
internal sealed class RunLock : IDisposable
{
    private readonly FileStream _stream;

    private RunLock(FileStream stream) => _stream = stream;

    /// <returns>Null when another process (or another session of this one) holds it.</returns>
    public static RunLock? TryTake(RunFolder folder)
    {
        try
        {
            return new RunLock(new FileStream(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1));
        }
        catch (IOException) when (File.Exists(folder.Lock))
        {
            return null;
        }
    }

    public static bool IsHeld(RunFolder folder)
    {
        if (!File.Exists(folder.Lock)) return false;
        using var taken = TryTake(folder);
        return taken is null;
    }

    public void Dispose() => _stream.Dispose();
}

using VitLab.Experiments;

namespace VitLab.Web.Runs;

/// <summary>Writes captured checkpoints one after another off the run's thread, which only pays for the capture.</summary>
/// <param name="before">Called before each write: the events up to a checkpoint reach the disk before it does.</param>
/// <param name="saved">Called after each successful write, on the writing thread.</param>
internal sealed class CheckpointWriter(RunFolder folder, RunFiles files, Action before, Action<Checkpoint, string> saved)
{
    private Task _writing = Task.CompletedTask;
    private volatile Exception? _trouble;

    public bool IsBusy => !_writing.IsCompleted;

    /// <summary>What kept the last checkpoint from being written; the one before it is still there.</summary>
    public Exception? Trouble => _trouble;

    public void Write(Checkpoint checkpoint, string name) => _writing = _writing.ContinueWith(
        _ => WriteNow(checkpoint, name), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    /// <summary>Returns when everything handed over is on the disk or has failed.</summary>
    public void Wait() => _writing.Wait();

    private void WriteNow(Checkpoint checkpoint, string name)
    {
        try
        {
            before();
            files.CreateFolder(folder.Checkpoints);
            files.Save(checkpoint, folder.Checkpoint(name));
            _trouble = null;
            saved(checkpoint, name);
        }
        catch (Exception e)
        {
            _trouble = e;                                // whatever it is: the run pauses and says so
        }
    }
}

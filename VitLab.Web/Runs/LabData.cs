using VitLab.Data;

namespace VitLab.Web.Runs;

/// <summary>The data of runs; what is loaded stays in memory. Tests derive from it to train on a handful of images.</summary>
public class LabData(DataCatalog catalog)
{
    /// <summary>The source that needs nothing.</summary>
    public const string Generated = "pen";

    /// <param name="activity">Told now and then what is going on, for people.</param>
    /// <exception cref="DataException">The data cannot be had; says what is wrong.</exception>
    public virtual Task<ImageSplits> LoadAsync(string source, int seed, Action<string>? activity = null, CancellationToken ct = default) =>
        Task.Run(() => catalog.LoadAsync(source, seed, activity is null ? null : new Reporter(activity), ct), ct);

    /// <summary>True when MNIST is wanted and neither in a data folder nor to be downloaded, which a failed load has just shown.</summary>
    public virtual bool IsMissing(string source) => source is "mnist" or "mix" && catalog.FolderOf(source) is null;

    // Progress<T> would post to the thread pool and could speak after the load is over.
    private sealed class Reporter(Action<string> activity) : IProgress<DataProgress>
    {
        public void Report(DataProgress value) => activity(value.Total is > 0 and var total
            ? $"Loading {value.Item}: {100 * value.Done / total} %"
            : $"Loading {value.Item}: {value.Done:N0} {value.Unit}");
    }
}

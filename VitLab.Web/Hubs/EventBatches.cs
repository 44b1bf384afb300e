using System.Runtime.CompilerServices;
using VitLab.Web.Runs;

namespace VitLab.Web.Hubs;

/// <summary>Turns a stream of events into batches at a rate that suits a screen.</summary>
public static class EventBatches
{
    /// <summary>
    /// Whatever is there already goes out at once, in batches of at most <paramref name="largest"/>; then one batch per interval.
    /// A batch ends before a <see cref="VitLab.Training.RunStarted"/>, so that a reader can drop steps an interruption undid.
    /// </summary>
    public static async IAsyncEnumerable<IReadOnlyList<SequencedEvent>> InBatchesAsync(
        this IAsyncEnumerable<SequencedEvent> events, TimeSpan interval, int largest, TimeProvider clock, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var source = events.GetAsyncEnumerator(ct);
        var next = source.MoveNextAsync().AsTask();
        while (await next)
        {
            var batch = new List<SequencedEvent> { source.Current };
            next = source.MoveNextAsync().AsTask();
            while (batch.Count < largest && next.IsCompleted)
            {
                if (!await next)
                {
                    yield return batch;
                    yield break;
                }

                if (source.Current.Event is Training.RunStarted)
                {
                    // Put back: the batch ends here and the next one begins with it.
                    next = Task.FromResult(true);
                    break;
                }

                batch.Add(source.Current);
                next = source.MoveNextAsync().AsTask();
            }

            yield return batch;
            if (!next.IsCompleted) await Task.Delay(interval, clock, ct);
        }
    }
}

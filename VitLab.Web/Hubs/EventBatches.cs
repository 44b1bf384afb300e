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
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await using var source = events.GetAsyncEnumerator(leaving.Token);
        var next = source.MoveNextAsync().AsTask();
        try
        {
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
                        next = Task.FromResult(true);    // put back: the next batch begins with it
                        break;
                    }

                    batch.Add(source.Current);
                    next = source.MoveNextAsync().AsTask();
                }

                yield return batch;
                if (!next.IsCompleted) await Task.Delay(interval, clock, ct);
            }
        }
        finally
        {
            // An enumerator must not be disposed while it moves.
            await leaving.CancelAsync();
            await next.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }
}

using System.Runtime.CompilerServices;
using VitLab.Tests.Support;
using VitLab.Training;
using VitLab.Web.Hubs;
using VitLab.Web.Runs;

namespace VitLab.Tests.Hubs;

public class EventBatchesTests
{
    [Fact]
    public async Task InBatches_LongHistory_ComesAtOnceInLargeBatches()
    {
        var batches = await Source(10_000).InBatchesAsync(TimeSpan.FromHours(1), largest: 4000, TimeProvider.System, CancellationToken.None).ToListAsync();

        Assert.Equal([4000, 4000, 2000], batches.Select(batch => batch.Count));
        Assert.Equal(Enumerable.Range(1, 10_000).Select(n => (long)n), batches.SelectMany(batch => batch).Select(e => e.Sequence));
    }

    [Fact]
    public async Task InBatches_RunStartedAgain_BeginsABatch()
    {
        var batches = await Source(10, restartAt: 6).InBatchesAsync(TimeSpan.FromHours(1), largest: 4000, TimeProvider.System, CancellationToken.None).ToListAsync();

        Assert.Equal([5, 5], batches.Select(batch => batch.Count));
    }

    [Fact]
    public async Task InBatches_ReaderLeavesWhileWaiting_LetsTheSourceGo()
    {
        var gone = new TaskCompletionSource();

        await foreach (var batch in Endless(gone).InBatchesAsync(TimeSpan.FromHours(1), largest: 10, TimeProvider.System, CancellationToken.None))
        {
            Assert.Single(batch);
            break;
        }

        await gone.Task.WaitAsync(Limit.Time);
    }

    [Fact]
    public void Of_LossThatIsNotFinite_IsNullOnTheWire()
    {
        var update = RunUpdate.Of([new SequencedEvent(1, DateTimeOffset.UnixEpoch, new StepCompleted(1, 1, float.NaN, 0.1f, float.PositiveInfinity, 5))]);

        var json = System.Text.Json.JsonSerializer.Serialize(update, VitLab.Web.Startup.LabJson.Options);

        Assert.Contains("\"loss\":[null]", json, StringComparison.Ordinal);
        Assert.Contains("\"gradientNorm\":[null]", json, StringComparison.Ordinal);
    }

    private static async IAsyncEnumerable<SequencedEvent> Endless(TaskCompletionSource gone, [EnumeratorCancellation] CancellationToken ct = default)
    {
        try
        {
            yield return new SequencedEvent(1, DateTimeOffset.UnixEpoch, new RunPaused(1));
            await Task.Delay(Timeout.Infinite, ct);
        }
        finally
        {
            gone.SetResult();
        }
    }

    private static async IAsyncEnumerable<SequencedEvent> Source(int count, int restartAt = 0)
    {
        await Task.CompletedTask;
        for (var i = 1; i <= count; i++)
        {
            TrainingEvent happened = i == restartAt ? new RunStarted(2, 10, 5, 1, "", "", null) : new StepCompleted(i, 1, 1, 1, 1, 1);
            yield return new SequencedEvent(i, DateTimeOffset.UnixEpoch, happened);
        }
    }
}

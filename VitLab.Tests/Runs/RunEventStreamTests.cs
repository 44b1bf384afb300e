using VitLab.Tests.Support;
using VitLab.Training;
using VitLab.Web.Runs;

namespace VitLab.Tests.Runs;

public sealed class RunEventStreamTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("events.jsonl");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task WatchAsync_JoiningAtAnyMoment_SeesEverySequenceOnce(int seed)
    {
        const int Count = 4000;
        var stream = new RunEventStream(Path);
        stream.Attach(new EventLog(Path, new RunFiles(), TimeProvider.System));
        var random = new Random(seed);
        var joins = Enumerable.Range(0, 6).Select(_ => random.Next(Count)).ToHashSet();
        var watchers = new List<(long After, Task<List<long>> Seen)>();
        for (var i = 0; i < Count; i++)
        {
            if (joins.Contains(i))
            {
                var after = random.Next(i + 1);
                watchers.Add((after, Task.Run(() => SequencesAsync(stream, after))));
            }

            stream.Publish(Step(i + 1));
        }

        stream.End();
        watchers.Add((0, SequencesAsync(stream, 0)));
        foreach (var (after, seen) in watchers)
        {
            Assert.Equal(Enumerable.Range((int)after + 1, Count - (int)after).Select(n => (long)n), await seen.WaitAsync(Limit.Time));
        }

        stream.Detach();
    }

    [Fact]
    public async Task WatchAsync_ReaderThatSleepsThroughThousands_CatchesUpFromTheFile()
    {
        const int Count = 3000;                          // three times what a watcher may have waiting
        var stream = new RunEventStream(Path);
        stream.Attach(new EventLog(Path, new RunFiles(), TimeProvider.System));
        stream.Publish(Step(1));
        await using var reader = stream.WatchAsync(0, CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await reader.MoveNextAsync());

        for (var i = 2; i <= Count; i++) stream.Publish(Step(i));
        stream.End();

        for (var i = 2; i <= Count; i++)
        {
            Assert.True(await reader.MoveNextAsync());
            Assert.Equal(i, reader.Current.Sequence);
        }

        Assert.False(await reader.MoveNextAsync());
        stream.Detach();
    }

    private static async Task<List<long>> SequencesAsync(RunEventStream stream, long after)
    {
        var seen = new List<long>();
        await foreach (var e in stream.WatchAsync(after, CancellationToken.None)) seen.Add(e.Sequence);
        return seen;
    }

    private static StepCompleted Step(long step) => new(step, 1, 1f / step, 0.001f, 1, 1000);
}

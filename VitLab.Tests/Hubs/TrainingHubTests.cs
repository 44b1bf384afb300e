using System.Text.Json;
using VitLab.Tests.Api;
using VitLab.Tests.Runs;
using VitLab.Web.Runs;

namespace VitLab.Tests.Hubs;

public sealed class TrainingHubTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Watch_EndedRun_SendsEverythingAndCompletes()
    {
        var id = await server.TrainAsync(epochs: 3);
        await using var client = await TestHubClient.ConnectAsync(server.Address);

        var updates = await client.StreamAsync("Watch", id, 0).ToListAsync();

        Assert.Equal(Enumerable.Range(1, 12).Select(step => (long)step), Steps(updates));
        Assert.Equal("started", Types(updates)[0]);
        Assert.Equal("ended", Types(updates)[^1]);
        Assert.DoesNotContain("step", Types(updates));
        Assert.Equal(server.Runs.Events(id, 0, 1000)[^1].Sequence, updates[^1].GetProperty("sequence").GetInt64());
    }

    [Fact]
    public async Task Watch_AfterASequence_GoesOnRightBehindIt()
    {
        var id = await server.TrainAsync(epochs: 2);
        var after = server.Runs.Events(id, 0, 1000).First(e => e.Event is VitLab.Training.StepCompleted { Step: 5 }).Sequence;
        await using var client = await TestHubClient.ConnectAsync(server.Address);

        Assert.Equal([6L, 7, 8], Steps(await client.StreamAsync("Watch", id, after).ToListAsync()));
    }

    [Fact]
    public async Task Watch_LiveRunByTwo_BothSeeEveryStepOnce()
    {
        var run = await server.Runs.StartAsync(TestLab.Request(epochs: 40));
        await using var first = await TestHubClient.ConnectAsync(server.Address);
        await using var second = await TestHubClient.ConnectAsync(server.Address);

        var seen = await Task.WhenAll(
            first.StreamAsync("Watch", run.Id, 0).ToListAsync().AsTask(),
            second.StreamAsync("Watch", run.Id, 0).ToListAsync().AsTask());

        Assert.All(seen, updates => Assert.Equal(Enumerable.Range(1, 160).Select(step => (long)step), Steps(updates)));
    }

    [Fact]
    public async Task Watch_UnknownRun_EndsWithAnError()
    {
        await using var client = await TestHubClient.ConnectAsync(server.Address);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () => await client.StreamAsync("Watch", "../x", 0).ToListAsync());
        Assert.Contains("No run is called", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WatchProbes_LiveRun_FramesMoveWithItsSteps()
    {
        var run = await server.Runs.StartAsync(TestLab.Endless());
        await using var client = await TestHubClient.ConnectAsync(server.Address);

        var frames = await client.StreamAsync("WatchProbes", run.Id, "v3").Take(3).ToListAsync();
        await server.Runs.CommandAsync(run.Id, new StopRun());

        Assert.All(frames, frame =>
        {
            Assert.True(frame.GetProperty("readings").GetArrayLength() >= 12);
            Assert.Equal("v3", frame.GetProperty("attentionProbe").GetString());
            Assert.True(frame.GetProperty("attention").GetProperty("weights").GetBytesFromBase64().Length > 0);
        });
        Assert.True(frames[0].GetProperty("step").GetInt64() < frames[2].GetProperty("step").GetInt64());
    }

    [Fact]
    public async Task WatchProbes_EndedRun_SendsOneFrameAtOnce()
    {
        var id = await server.TrainAsync();
        await using var client = await TestHubClient.ConnectAsync(server.Address);

        var frame = await client.StreamAsync("WatchProbes", id, null).FirstAsync();

        Assert.Equal(4, frame.GetProperty("step").GetInt64());
        Assert.Equal(JsonValueKind.Null, frame.GetProperty("attention").ValueKind);
    }

    private static List<long> Steps(IEnumerable<JsonElement> updates) =>
        [.. updates.SelectMany(update => update.GetProperty("steps").GetProperty("step").EnumerateArray().Select(step => step.GetInt64()))];

    private static List<string?> Types(IEnumerable<JsonElement> updates) =>
        [.. updates.SelectMany(update => update.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("event").GetProperty("type").GetString()))];
}

using System.Text.Json;
using VitLab.Tests.Support;

namespace VitLab.Tests.Faults;

/// <summary>Corrections and lessons when the server dies.</summary>
[Collection(FaultCollection.Name)]
public sealed class CorrectionFaultTests : IDisposable
{
    private readonly TemporaryFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Kill_RightAfterACorrection_KeepsIt()
    {
        await using (var server = await LabServer.StartAsync(_home.Path))
        {
            for (var label = 0; label < 3; label++) await CorrectAsync(server, label);
            await server.KillAsync();
        }

        await File.AppendAllTextAsync(_home.File("corrections", "corrections.jsonl"), "{\"id\":\"c0\",\"label\":9,\"wid", TestContext.Current.CancellationToken);
        await using var next = await LabServer.StartAsync(_home.Path);

        Assert.Equal([0, 1, 2], (await next.GetAsync("/api/corrections")).EnumerateArray().Select(correction => correction.GetProperty("label").GetInt32()));
    }

    [Fact]
    public async Task Kill_DuringALesson_TheNextServerTeachesItToItsEnd()
    {
        string id;
        await using (var server = await LabServer.StartAsync(_home.Path))
        {
            var pupil = (await server.PostAsync("/api/runs", new { experiment = "single-digit", preset = "d16", options = new { data = "pen", samplesPerEpoch = 640, batchSize = 64, epochs = 1 } })).GetProperty("id").GetString()!;
            await server.WaitForRunAsync(pupil, "the run completes", run => run.State() == "completed");
            await CorrectAsync(server, 7);
            id = (await server.PostAsync("/api/teachings", new { weights = pupil })).GetProperty("id").GetString()!;
            await server.WaitForRunAsync(id, "the lesson begins", run => run.Step() > 3);
            await server.KillAsync();
        }

        await using var next = await LabServer.StartAsync(_home.Path);
        var run = await next.WaitForRunAsync(id, "the lesson is taught to its end", run => run.State() == "completed");

        var teaching = run.GetProperty("teaching");
        Assert.Equal("Pending", teaching.GetProperty("verdict").GetString());
        Assert.True(teaching.GetProperty("before").GetProperty("test").TryGetProperty("accuracy", out _) && teaching.GetProperty("after").GetProperty("test").TryGetProperty("accuracy", out _));
    }

    private static Task<JsonElement> CorrectAsync(LabServer server, int label) =>
        server.PostAsync("/api/corrections", new { label, drawing = new { width = 280, height = 280, strokes = new[] { new[] { 60, 60, 220, 60, 120, 230 } } } });
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using VitLab.Experiments;
using VitLab.Models;
using VitLab.Tests.Runs;
using VitLab.Vision;

namespace VitLab.Tests.Api;

public sealed class RunApiTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Small = """
        {"experiment":"single-digit","preset":"d16","options":{"samplesPerEpoch":128,"batchSize":64,"epochs":EPOCHS,"dim":8,"depth":1,"heads":2,"mlpDim":8,"warmUpEpochs":0},"name":"tiny"}
        """;

    [Fact]
    public async Task Post_SmallRun_IsCreatedAndTrains()
    {
        var answer = await server.PostAsync("/api/runs", Small.Replace("EPOCHS", "1"));
        var run = await TestServer.JsonOf(answer);
        var id = run.GetProperty("id").GetString();

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal($"/api/runs/{id}", answer.Headers.Location!.ToString());
        Assert.Equal("tiny", run.GetProperty("name").GetString());
        Assert.Equal(64, run.GetProperty("options").GetProperty("batchSize").GetInt32());
        await foreach (var _ in server.Runs.WatchAsync(id!, 0, TestContext.Current.CancellationToken))
        {
        }

        Assert.Equal("Completed", (await server.GetAsync($"/api/runs/{id}")).GetProperty("state").GetString());
        var page = await server.GetAsync($"/api/runs/{id}/events?after=1&limit=2");
        Assert.Equal([2L, 3], page.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("sequence").GetInt64()));
        Assert.Equal(3, page.GetProperty("next").GetInt64());
        Assert.Equal("started", (await server.GetAsync($"/api/runs/{id}/events?limit=1")).GetProperty("events")[0].GetProperty("event").GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("""{"experiment":"no-such"}""", "experiment")]
    [InlineData("""{}""", "experiment")]
    [InlineData("""{"experiment":"single-digit","preset":"d9000"}""", "preset")]
    [InlineData("""{"experiment":"single-digit","options":{"epochs":0}}""", "epochs")]
    [InlineData("""{"experiment":"single-digit","options":{"learningRate":"fast"}}""", "learningRate")]
    [InlineData("""{"experiment":"single-digit","options":{"colour":"red"}}""", "colour")]
    [InlineData("""{"experiment":"single-digit","options":[1]}""", "options")]
    [InlineData("""{"experiment":"single-digit","from":"../../etc/passwd"}""", "from")]
    [InlineData("""{"experiment":"single-digit","name":"a\u0000b"}""", "name")]
    [InlineData("""{"experiment":"single-digit","device":"cuda:63"}""", "device")]
    [InlineData("""{"experiment":"single-digit","device":"gpu"}""", "device")]
    [InlineData("""{"experiment":7}""", "experiment")]
    [InlineData("""{"experiment":""", "experiment")]
    [InlineData("""not json""", "body")]
    [InlineData("", "body")]
    public async Task Post_BadRequest_NamesTheField(string body, string field)
    {
        var answer = await server.PostAsync("/api/runs", body);
        var problem = await TestServer.JsonOf(answer);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out var messages), problem.ToString());
        Assert.NotEqual("", messages[0].GetString());
    }

    [Fact]
    public async Task Get_Hardware_NamesTheDevicesThatARunMayAskFor()
    {
        var hardware = await server.GetAsync("/api/hardware");

        Assert.Equal(Hardware.This.Engine, hardware.GetProperty("engine").GetString());
        Assert.Equal(Hardware.This.Devices.Select(device => device.Id), hardware.GetProperty("devices").EnumerateArray().Select(device => device.GetProperty("id").GetString()));
        Assert.Equal(Hardware.This.Best.Id, hardware.GetProperty("auto").GetString());
    }

    [Theory]
    [InlineData("/api/runs/nobody-9")]
    [InlineData("/api/runs/..%2f..%2fetc")]
    [InlineData("/api/runs/%2e%2e%2f")]
    [InlineData("/api/runs/.trash")]
    [InlineData("/api/runs/nobody-9/events")]
    [InlineData("/api/runs/nobody-9/checkpoints")]
    [InlineData("/api/runs/nobody-9/probes")]
    [InlineData("/api/no-such-thing")]
    public async Task Get_Unknown_IsNotFoundAsProblem(string path)
    {
        var answer = await server.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("""{"type":"dance"}""", "type")]
    [InlineData("""{}""", "type")]
    [InlineData("""{"type":"steps"}""", "steps")]
    [InlineData("""{"type":"steps","steps":0}""", "steps")]
    [InlineData("""{"type":"learningRate"}""", "rate")]
    public async Task Command_Bad_NamesTheField(string body, string field)
    {
        var id = await server.TrainAsync();

        var answer = await server.PostAsync($"/api/runs/{id}/commands", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True((await TestServer.JsonOf(answer)).GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task Command_EndedRun_Conflicts() =>
        Assert.Equal(HttpStatusCode.Conflict, (await server.PostAsync($"/api/runs/{await server.TrainAsync()}/commands", """{"type":"pause"}""")).StatusCode);

    [Fact]
    public async Task Command_PauseAndStop_AnswerWithTheNewState()
    {
        var run = await TestServer.JsonOf(await server.PostAsync("/api/runs", Small.Replace("EPOCHS", "1000")));
        var path = $"/api/runs/{run.GetProperty("id").GetString()}/commands";

        Assert.Equal("Paused", (await TestServer.JsonOf(await server.PostAsync(path, """{"type":"pause"}"""))).GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync(path, """{"type":"stop"}""")).StatusCode);
    }

    [Fact]
    public async Task Patch_NameAndNote_AreKept()
    {
        var id = await server.TrainAsync();

        var answer = await server.Client.PatchAsJsonAsync($"/api/runs/{id}", new { name = "My run", note = "as expected" });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var run = await server.GetAsync($"/api/runs/{id}");
        Assert.Equal(("My run", "as expected"), (run.GetProperty("name").GetString(), run.GetProperty("note").GetString()));
        Assert.Equal(HttpStatusCode.BadRequest, (await server.Client.PatchAsJsonAsync($"/api/runs/{id}", new { note = new string('x', 20_000) })).StatusCode);
    }

    [Fact]
    public async Task Delete_ThenRestore_BringsTheRunBack()
    {
        var id = await server.TrainAsync();

        Assert.Equal(HttpStatusCode.NoContent, (await server.Client.DeleteAsync($"/api/runs/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync($"/api/runs/{id}")).StatusCode);
        Assert.Contains(id, (await server.GetAsync("/api/runs/deleted")).EnumerateArray().Select(run => run.GetProperty("id").GetString()));
        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync($"/api/runs/{id}/restore", "{}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync($"/api/runs/{id}")).StatusCode);
    }

    [Fact]
    public async Task Fork_OfLast_QueuesARunWithTheOrigin()
    {
        var id = await server.TrainAsync();

        var fork = await TestServer.JsonOf(await server.PostAsync($"/api/runs/{id}/fork", """{"checkpoint":"last","options":{"epochs":2}}"""));

        Assert.Equal(id, fork.GetProperty("origin").GetProperty("runId").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, (await server.PostAsync($"/api/runs/{id}/fork", """{"checkpoint":"../../run"}""")).StatusCode);
    }

    [Fact]
    public async Task Transfer_OfALaterPhase_SaysWhatWouldBeTakenOverAndStartsNothing()
    {
        var id = await server.TrainAsync();
        var runs = server.Runs.List().Count;
        var body = $$"""{"experiment":"grid-heads","options":{"dim":8,"depth":1,"heads":2,"mlpDim":8},"from":"{{id}}"}""";

        var report = await TestServer.JsonOf(await server.PostAsync("/api/runs/transfer", body));

        Assert.Equal("positions of one digit kept in every cell", report.GetProperty("adapted")[0].GetProperty("how").GetString());
        Assert.Equal(report.GetProperty("total").GetInt32(), report.GetProperty("carriedOver").GetInt32() + report.GetProperty("fresh").GetArrayLength());
        Assert.Equal(runs, server.Runs.List().Count);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.PostAsync("/api/runs/transfer", body.Replace(id, "no-such-9"))).StatusCode);
    }

    [Fact]
    public async Task Checkpoint_WeightsOnly_IsASmallerReadableFile()
    {
        var id = await server.TrainAsync();

        var whole = await server.Client.GetByteArrayAsync($"/api/runs/{id}/checkpoints/last.safetensors");
        var weights = await server.Client.GetByteArrayAsync($"/api/runs/{id}/checkpoints/last.safetensors?weightsOnly=true");

        Assert.True(weights.Length < whole.Length);
        Assert.False(Checkpoint.Load(new MemoryStream(weights), "download").IsResumable);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync($"/api/runs/{id}/checkpoints/step-77.safetensors")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.Client.GetAsync($"/api/runs/{id}/checkpoints/run.json")).StatusCode);
    }

    [Fact]
    public async Task Image_OfTheData_IsAPng()
    {
        var id = await server.TrainAsync();

        var png = await server.Client.GetByteArrayAsync($"/api/runs/{id}/images/validation/3.png");

        Assert.Equal(28, Png.Decode(png).Width);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.Client.GetAsync($"/api/runs/{id}/images/validation/100000.png")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.Client.GetAsync($"/api/runs/{id}/images/train/1.png")).StatusCode);
    }

    [Fact]
    public async Task ImageAndProbes_OfARunOnPhotographs_AreInColour()
    {
        var id = await server.TrainAsync(experiment: "image-classifier");

        var picture = Png.Decode(await server.Client.GetByteArrayAsync($"/api/runs/{id}/images/test/3.png"));
        var probes = await server.GetAsync($"/api/runs/{id}/probes");

        Assert.Equal((3, 32, 32), (picture.Channels, picture.Width, picture.Height));
        Assert.Equal(TinyData.Photographs.Test.Image(3).ToArray(), picture.Pixels);
        Assert.Equal(12, probes.GetArrayLength());
        Assert.Equal((3, 3 * 32 * 32), (probes[0].GetProperty("channels").GetInt32(), probes[0].GetProperty("pixels").GetBytesFromBase64().Length));
    }

    [Fact]
    public async Task ImageAndProbes_OfAGridRun_AreGrids()
    {
        var id = await server.TrainAsync(experiment: "grid-heads");

        var png = await server.Client.GetByteArrayAsync($"/api/runs/{id}/images/test/3.png");
        var probe = (await server.GetAsync($"/api/runs/{id}/probes"))[0];

        Assert.Equal(56, Png.Decode(png).Width);
        Assert.Equal((56, 4), (probe.GetProperty("width").GetInt32(), probe.GetProperty("labels").GetArrayLength()));
    }

    [Fact]
    public async Task Health_Lab_IsOk() => Assert.Equal("ok", (await server.GetAsync("/api/health")).GetProperty("status").GetString());

    [Fact]
    public async Task Experiments_List_CarriesPresetsAndFields()
    {
        var digit = (await server.GetAsync("/api/experiments")).EnumerateArray().Single(e => e.GetProperty("id").GetString() == "single-digit");

        Assert.Equal(["d64", "d16"], digit.GetProperty("presets").EnumerateArray().Select(preset => preset.GetProperty("id").GetString()));
        Assert.Equal(4, digit.GetProperty("presets")[0].GetProperty("options").GetProperty("depth").GetInt32());
        var epochs = digit.GetProperty("fields").EnumerateArray().Single(field => field.GetProperty("key").GetString() == "epochs");
        Assert.Equal(("Integer", 1.0), (epochs.GetProperty("kind").GetString(), epochs.GetProperty("minimum").GetDouble()));
        Assert.Equal(7, digit.GetProperty("geometry").GetProperty("patch").GetInt32());
        Assert.Equal(["accuracy"], digit.GetProperty("metrics").EnumerateArray().Select(metric => metric.GetProperty("key").GetString()));
        Assert.Equal((1, 280), (digit.GetProperty("canvas").GetProperty("rows").GetInt32(), digit.GetProperty("canvas").GetProperty("width").GetInt32()));
        Assert.Equal(28, digit.GetProperty("sourceImages").GetProperty("height").GetInt32());
    }

    [Fact]
    public async Task OpenApi_Document_DescribesEveryRoute()
    {
        var paths = (await server.GetAsync("/openapi/v1.json")).GetProperty("paths").EnumerateObject().Select(path => path.Name).ToList();

        string[] expected =
        [
            "/api/health", "/api/experiments", "/api/runs", "/api/runs/transfer", "/api/runs/{id}", "/api/runs/{id}/commands", "/api/runs/{id}/events", "/api/runs/{id}/checkpoints",
            "/api/runs/{id}/fork", "/api/runs/{id}/restore", "/api/runs/{id}/probes", "/api/probes", "/api/weights", "/api/predict",
        ];
        Assert.Empty(expected.Except(paths));
    }
}

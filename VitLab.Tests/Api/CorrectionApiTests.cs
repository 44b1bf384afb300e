using System.Net;
using System.Text;
using System.Text.Json;
using VitLab.Vision;

namespace VitLab.Tests.Api;

public sealed class CorrectionApiTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Seven = """{"width":280,"height":280,"strokes":[[60,60,220,60,120,230]]}""";
    private const string Grid = """{"width":560,"height":560,"strokes":[[60,60,220,60,120,230],[340,340,500,340,400,510]]}""";

    [Fact]
    public async Task Post_CorrectedDigit_IsListedShownChangedDeletedAndRestored()
    {
        var answer = await server.PostAsync("/api/corrections", $$"""{"drawing":{{Seven}},"label":7,"readAs":1,"weights":"single-digit"}""");
        var correction = await TestServer.JsonOf(answer);
        var id = correction.GetProperty("id").GetString()!;

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal((7, 1, "single-digit"), (correction.GetProperty("label").GetInt32(), correction.GetProperty("readAs").GetInt32(), correction.GetProperty("weights").GetString()));
        Assert.Equal(7, (await FindAsync(id))!.Value.GetProperty("label").GetInt32());
        using var png = new MemoryStream(await server.Client.GetByteArrayAsync($"/api/corrections/{id}/picture"));
        Assert.Equal(28, Png.Decode(png.ToArray()).Width);

        Assert.Equal(HttpStatusCode.OK, (await server.Client.PatchAsync($"/api/corrections/{id}", Json("""{"label":2}"""))).StatusCode);
        Assert.Equal(2, (await FindAsync(id))!.Value.GetProperty("label").GetInt32());

        Assert.Equal(HttpStatusCode.NoContent, (await server.Client.DeleteAsync($"/api/corrections/{id}")).StatusCode);
        Assert.Null(await FindAsync(id));
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.DeleteAsync($"/api/corrections/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync($"/api/corrections/{id}/restore", "")).StatusCode);
        Assert.NotNull(await FindAsync(id));
    }

    [Fact]
    public async Task Post_CellOfAGrid_IsCutOut()
    {
        var correction = await TestServer.JsonOf(await server.PostAsync("/api/corrections", $$"""{"drawing":{{Grid}},"label":4,"cell":3}"""));

        Assert.Equal((280, 280), (correction.GetProperty("width").GetInt32(), correction.GetProperty("height").GetInt32()));
        Assert.Equal([60f, 60, 220, 60, 120, 230], correction.GetProperty("strokes")[0].EnumerateArray().Select(number => number.GetSingle()));
    }

    [Theory]
    [InlineData("""{"label":7}""", "drawing")]
    [InlineData("""{"drawing":SEVEN}""", "label")]
    [InlineData("""{"drawing":SEVEN,"label":10}""", "label")]
    [InlineData("""{"drawing":SEVEN,"label":7,"readAs":10}""", "readAs")]
    [InlineData("""{"drawing":SEVEN,"label":7,"cell":1}""", "cell")]
    [InlineData("""{"drawing":GRID,"label":7,"cell":1}""", "strokes")]
    [InlineData("""{"drawing":{"width":300,"height":280,"strokes":[[1,1]]},"label":7,"cell":0}""", "width")]
    [InlineData("""{"drawing":{"width":280,"height":280,"strokes":[]},"label":7}""", "strokes")]
    public async Task Post_BadRequest_NamesTheField(string body, string field)
    {
        var answer = await server.PostAsync("/api/corrections", body.Replace("SEVEN", Seven, StringComparison.Ordinal).Replace("GRID", Grid, StringComparison.Ordinal));

        var problem = await TestServer.JsonOf(answer);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString());
    }

    [Fact]
    public async Task Export_ThenImport_KnowsThemAll()
    {
        var id = (await TestServer.JsonOf(await server.PostAsync("/api/corrections", $$"""{"drawing":{{Seven}},"label":7}"""))).GetProperty("id").GetString();

        using var form = new FormUrlEncodedContent([new("ids", $"{id},no-such")]);
        var file = await server.Client.PostAsync("/api/corrections/export", form);
        var lines = await file.Content.ReadAsStringAsync();

        Assert.Equal("corrections.jsonl", file.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal([7], Assert.Single(DrawingFile.Read(new StringReader(lines))).Label!);
        Assert.Contains(lines, await server.Client.GetStringAsync("/api/corrections/export"), StringComparison.Ordinal);
        var taken = await TestServer.JsonOf(await server.PostAsync("/api/corrections/import", lines));
        Assert.Equal((0, 1), (taken.GetProperty("added").GetInt32(), taken.GetProperty("known").GetInt32()));
    }

    [Fact]
    public async Task Import_AWrongLine_NamesLineAndField()
    {
        var answer = await server.PostAsync("/api/corrections/import", $"{Seven.Replace("{", "{\"label\":7,", StringComparison.Ordinal)}\n{Seven}");

        var problem = await TestServer.JsonOf(answer);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.StartsWith("line 2", problem.GetProperty("errors").GetProperty("label")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Teach_ThenAccept_TheTaughtWeightsComeFirst()
    {
        var pupil = await server.TrainAsync();
        await server.PostAsync("/api/corrections", $$"""{"drawing":{{Seven}},"label":7}""");

        var answer = await server.PostAsync("/api/teachings", $$"""{"weights":"{{pupil}}"}""");
        var id = (await TestServer.JsonOf(answer)).GetProperty("id").GetString()!;
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        await foreach (var _ in server.Runs.WatchAsync(id, 0, TestContext.Current.CancellationToken))
        {
        }

        var teaching = (await server.GetAsync("/api/teachings"))[0].GetProperty("teaching");
        Assert.Equal((pupil, "Pending"), (teaching.GetProperty("base").GetString(), teaching.GetProperty("verdict").GetString()));
        Assert.InRange(teaching.GetProperty("after").GetProperty("test").GetProperty("accuracy").GetDouble(), 0, 1);
        Assert.DoesNotContain(id, await ChoicesAsync());

        Assert.Equal(HttpStatusCode.BadRequest, (await server.PostAsync($"/api/teachings/{id}/verdict", """{"verdict":"maybe"}""")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await server.PostAsync($"/api/teachings/{pupil}/verdict", """{"verdict":"accepted"}""")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync($"/api/teachings/{id}/verdict", """{"verdict":"accepted"}""")).StatusCode);
        Assert.Equal(id, (await ChoicesAsync())[0]);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"weights":"no-such"}""")]
    public async Task Teach_UnknownWeights_NamesTheField(string body)
    {
        var answer = await server.PostAsync("/api/teachings", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True((await TestServer.JsonOf(answer)).GetProperty("errors").TryGetProperty("weights", out _));
    }

    private async Task<JsonElement?> FindAsync(string id)
    {
        var found = (await server.GetAsync("/api/corrections")).EnumerateArray().Where(correction => correction.GetProperty("id").GetString() == id).ToList();
        return found.Count > 0 ? found[0] : null;
    }

    private async Task<List<string?>> ChoicesAsync() => [.. (await server.GetAsync("/api/weights")).EnumerateArray().Select(choice => choice.GetProperty("id").GetString())];

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");
}

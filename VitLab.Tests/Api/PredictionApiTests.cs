using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace VitLab.Tests.Api;

public sealed class PredictionApiTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Seven = """{"width":280,"height":280,"strokes":[[60,60,220,60,120,230]]}""";

    [Fact]
    public async Task Predict_Drawing_AnswersWithReadingPictureAndAttention()
    {
        var id = await server.TrainAsync();

        var answer = await PredictAsync($$"""{"weights":"{{id}}","drawing":{{Seven}}}""");

        var region = answer.GetProperty("reading").GetProperty("regions")[0];
        Assert.Equal(10, region.GetProperty("probabilities").GetArrayLength());
        Assert.Equal(1, region.GetProperty("probabilities").EnumerateArray().Sum(p => p.GetDouble()), 1e-3);
        Assert.Equal(28 * 28, answer.GetProperty("seen").GetProperty("pixels").GetBytesFromBase64().Length);
        var attention = answer.GetProperty("attention");
        int Number(string name) => attention.GetProperty(name).GetInt32();
        Assert.Equal(Number("layers") * Number("heads") * Number("tokens") * Number("tokens"), attention.GetProperty("weights").GetBytesFromBase64().Length);
        Assert.Equal(id, answer.GetProperty("weights").GetProperty("id").GetString());
        Assert.Equal(7, answer.GetProperty("geometry").GetProperty("patch").GetInt32());
    }

    [Fact]
    public async Task Predict_EmptyDrawing_IsSilent()
    {
        var id = await server.TrainAsync();

        var answer = await PredictAsync($$"""{"weights":"{{id}}","drawing":{"width":280,"height":280,"strokes":[]} }""");

        Assert.Equal(JsonValueKind.Null, answer.GetProperty("reading").ValueKind);
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("seen").ValueKind);
    }

    [Fact]
    public async Task Predict_Pixels_AnswersWithoutAttentionWhenNotAsked()
    {
        var id = await server.TrainAsync();
        var pixels = new byte[40 * 40];
        pixels.AsSpan(400, 600).Fill(255);

        var answer = await PredictAsync(JsonSerializer.Serialize(new { weights = id, pixels, width = 40, height = 40, attention = false }));

        Assert.NotEqual(JsonValueKind.Null, answer.GetProperty("reading").ValueKind);
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("attention").ValueKind);
    }

    [Theory]
    [InlineData("""{"drawing":{"width":280,"height":280,"strokes":[]}}""", "weights")]
    [InlineData("""{"weights":"no-such","drawing":{"width":280,"height":280,"strokes":[]}}""", "weights")]
    [InlineData("""{"weights":"../x","drawing":{"width":280,"height":280,"strokes":[]}}""", "weights")]
    [InlineData("""{"weights":"ID"}""", "drawing")]
    [InlineData("""{"weights":"ID","drawing":{"width":0,"height":280,"strokes":[]}}""", "width")]
    [InlineData("""{"weights":"ID","drawing":{"width":280,"height":280,"strokes":[[1]]}}""", "strokes[0]")]
    [InlineData("""{"weights":"ID","pixels":"AAAA","width":2,"height":2}""", "pixels")]
    [InlineData("""{"weights":"ID","pixels":"AAAA","height":2}""", "width")]
    [InlineData("""{"weights":"ID","pixels":"!!","width":1,"height":1}""", "pixels")]
    public async Task Predict_BadRequest_NamesTheField(string body, string field)
    {
        var id = await server.TrainAsync();

        var answer = await server.PostAsync("/api/predict", body.Replace("ID", id, StringComparison.Ordinal));

        var problem = await TestServer.JsonOf(answer);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString());
    }

    [Fact]
    public async Task Predict_EnormousBody_IsRefused()
    {
        using var body = new ByteArrayContent(new byte[26 * 1024 * 1024]);
        body.Headers.ContentType = new("application/json");

        try
        {
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await server.Client.PostAsync("/api/predict", body)).StatusCode);
        }
        catch (HttpRequestException)
        {
            // The server may close the connection while the rest is still being sent.
        }
    }

    [Fact]
    public async Task Probes_PinThenUnpin_AppearInTheRunsProbes()
    {
        var id = await server.TrainAsync();

        var pinned = await server.PostAsync("/api/probes", Seven);
        Assert.Equal(HttpStatusCode.Created, pinned.StatusCode);
        var pin = (await TestServer.JsonOf(pinned)).GetProperty("id").GetString();
        var probes = (await server.GetAsync($"/api/runs/{id}/probes")).EnumerateArray().ToList();
        Assert.Equal(13, probes.Count);
        Assert.Equal(Enumerable.Range(0, 12).Select(n => $"v{n}"), probes.Take(12).Select(probe => probe.GetProperty("id").GetString()));
        Assert.True(probes[12].GetProperty("pinned").GetBoolean());

        Assert.Equal(HttpStatusCode.NoContent, (await server.Client.DeleteAsync($"/api/probes/{pin}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.DeleteAsync($"/api/probes/{pin}")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.PostAsync("/api/probes", """{"width":280,"height":280,"strokes":[]}""")).StatusCode);
    }

    [Fact]
    public async Task Weights_AfterARun_NameIt()
    {
        var id = await server.TrainAsync();

        Assert.Contains(id, (await server.GetAsync("/api/weights")).EnumerateArray().Select(choice => choice.GetProperty("id").GetString()));
    }

    private async Task<JsonElement> PredictAsync(string body)
    {
        var answer = await server.PostAsync("/api/predict", body);
        var json = await TestServer.JsonOf(answer);
        Assert.True(answer.IsSuccessStatusCode, json.ToString());
        return json;
    }
}

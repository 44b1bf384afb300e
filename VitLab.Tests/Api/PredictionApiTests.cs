using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using VitLab.Vision;

namespace VitLab.Tests.Api;

public sealed class PredictionApiTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Seven = """{"width":280,"height":280,"strokes":[[60,60,220,60,120,230]]}""";
    private const string Grid = """{"width":560,"height":560,"strokes":[[60,60,220,60,120,230],[420,60,420,230],[140,340,140,510]]}""";

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
    public async Task Predict_GridByHeads_AnswersCellByCell()
    {
        var id = await server.TrainAsync(experiment: "grid-heads");

        var answer = await PredictAsync($$"""{"weights":"{{id}}","drawing":{{Grid}}}""");

        var reading = answer.GetProperty("reading");
        Assert.Equal(["[0,0]", "[28,0]", "[0,28]", "[28,28]"], reading.GetProperty("regions").EnumerateArray().Select(region => Corner(region.GetProperty("box"))));
        Assert.True(reading.GetProperty("labels").GetArrayLength() <= 4);
        Assert.Equal(JsonValueKind.Null, reading.GetProperty("tokens").ValueKind);
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("crossAttention").ValueKind);
        Assert.Equal((2, 2, 560), (answer.GetProperty("canvas").GetProperty("rows").GetInt32(), answer.GetProperty("canvas").GetProperty("columns").GetInt32(), answer.GetProperty("canvas").GetProperty("width").GetInt32()));
        Assert.Equal(56 * 56, answer.GetProperty("seen").GetProperty("pixels").GetBytesFromBase64().Length);
    }

    [Fact]
    public async Task Predict_GridByTranscriber_AnswersWithTokensAndWhereEachLooked()
    {
        var id = await server.TrainAsync(experiment: "grid-transcriber");

        var answer = await PredictAsync($$"""{"weights":"{{id}}","drawing":{{Grid}}}""");

        var tokens = answer.GetProperty("reading").GetProperty("tokens").EnumerateArray().ToList();
        Assert.All(tokens, token => Assert.Equal(token.GetProperty("text").GetString(), token.GetProperty("alternatives")[0].GetProperty("text").GetString()));
        var cross = answer.GetProperty("crossAttention");
        int Number(string name) => cross.GetProperty(name).GetInt32();
        Assert.Equal(tokens.Count, Number("steps"));
        Assert.Equal(Number("layers") * Number("heads") * Number("steps") * Number("gridHeight") * Number("gridWidth"), cross.GetProperty("weights").GetBytesFromBase64().Length);
    }

    [Fact]
    public async Task Predict_ImageFileOfAPhotograph_IsReadInColour()
    {
        var id = await server.TrainAsync(experiment: "image-classifier");
        var photograph = PlanarImage.Of(3, 64, 48, [.. Enumerable.Range(0, 3 * 64 * 48).Select(i => (byte)(i / (64 * 48) == 1 ? 200 : 20))]);

        var answer = await PredictAsync($$"""{"weights":"{{id}}","image":"{{Convert.ToBase64String(Png.Encode(photograph))}}"}""");

        var (seen, region) = (answer.GetProperty("seen"), answer.GetProperty("reading").GetProperty("regions")[0]);
        Assert.Equal((3, 32, 32), (seen.GetProperty("channels").GetInt32(), seen.GetProperty("width").GetInt32(), seen.GetProperty("height").GetInt32()));
        Assert.Equal([20, 200, 20], seen.GetProperty("pixels").GetBytesFromBase64().Chunk(32 * 32).Select(plane => plane[500]));
        Assert.Equal(answer.GetProperty("classes")[region.GetProperty("predicted").GetInt32()].GetString(), answer.GetProperty("reading").GetProperty("text").GetString());
        Assert.Equal("airplane", answer.GetProperty("classes")[0].GetString());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("canvas").ValueKind);
    }

    [Theory]
    [InlineData("\"drawing\":{\"width\":280,\"height\":280,\"strokes\":[[60,60,220,60,120,230]]}", "drawing", "send an image file")]
    [InlineData("\"image\":\"AAAA\"", "image", "PNG")]
    [InlineData("\"pixels\":\"AAAA\",\"width\":1,\"height\":1,\"channels\":2", "channels", "expected 1 (grey) or 3")]
    [InlineData("\"pixels\":\"AAAA\",\"width\":2,\"height\":1,\"channels\":3", "pixels", "needs 6 bytes, got 3")]
    public async Task Predict_WhatIsNoPhotograph_IsRefusedByField(string body, string field, string reason)
    {
        var id = await server.TrainAsync(experiment: "image-classifier");

        var answer = await server.PostAsync("/api/predict", $$"""{"weights":"{{id}}",{{body}}}""");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains(field, problem, StringComparison.Ordinal);
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_Look_AnswersOneQuestionInsteadOfAllAttention()
    {
        var id = await server.TrainAsync(experiment: "grid-heads");

        var answer = await PredictAsync($$"""{"weights":"{{id}}","drawing":{{Grid}},"look":{"of":"patch","index":3,"direction":"by"} }""");

        Assert.Equal(JsonValueKind.Null, answer.GetProperty("attention").ValueKind);
        var look = answer.GetProperty("look");
        int Number(string name) => look.GetProperty(name).GetInt32();
        Assert.Equal(Number("layers") * (Number("heads") + 1) * Number("gridHeight") * Number("gridWidth") * sizeof(ushort), look.GetProperty("weights").GetBytesFromBase64().Length);
        Assert.Equal(("patch", 3, "by", "mean"), (look.GetProperty("of").GetString(), Number("index"), look.GetProperty("direction").GetString(), look.GetProperty("method").GetString()));
    }

    [Fact]
    public async Task Predict_DrawingOfAnotherCanvas_IsReadOrRefusedByName()
    {
        var (single, grid) = (await server.TrainAsync(), await server.TrainAsync(experiment: "grid-heads"));

        var whole = await PredictAsync($$"""{"weights":"{{single}}","drawing":{{Grid}}}""");
        var quarters = await PredictAsync($$"""{"weights":"{{grid}}","drawing":{{Seven}}}""");
        var uneven = await server.PostAsync("/api/predict", $$"""{"weights":"{{grid}}","drawing":{"width":281,"height":280,"strokes":[[1,1,9,9]]} }""");

        Assert.Equal(1, whole.GetProperty("reading").GetProperty("regions").GetArrayLength());
        Assert.Equal(1, whole.GetProperty("canvas").GetProperty("rows").GetInt32());
        Assert.Equal(4, quarters.GetProperty("reading").GetProperty("regions").GetArrayLength());
        Assert.Equal(HttpStatusCode.BadRequest, uneven.StatusCode);
        Assert.Contains("multiple of 2", (await TestServer.JsonOf(uneven)).GetProperty("errors").GetProperty("width")[0].GetString(), StringComparison.Ordinal);
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
    [InlineData("""{"weights":"ID","drawing":{"width":280,"height":280,"strokes":[]},"look":{}}""", "look.of")]
    [InlineData("""{"weights":"ID","drawing":{"width":280,"height":280,"strokes":[]},"look":{"of":"patches","direction":"up"}}""", "look.direction")]
    [InlineData("""{"weights":"ID","drawing":{"width":280,"height":280,"strokes":[]},"look":{"of":"patches","method":"sum"}}""", "look.method")]
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
    public async Task Weights_AfterARun_NameItAndItsCanvas()
    {
        var id = await server.TrainAsync(experiment: "grid-transcriber");

        var choice = (await server.GetAsync("/api/weights")).EnumerateArray().Single(choice => choice.GetProperty("id").GetString() == id);
        Assert.Equal("""{"rows":2,"columns":2,"limits":null,"width":560,"height":560}""", choice.GetProperty("canvas").GetRawText());
        Assert.False(choice.GetProperty("shipped").GetBoolean());
    }

    [Fact]
    public async Task PenDigits_SameSeed_GiveTheSameStrokes()
    {
        var first = await server.GetAsync("/api/pen-digits/7?seed=5");

        Assert.Equal(7, first.GetProperty("label").GetInt32());
        Assert.Equal((280, 280), (first.GetProperty("width").GetInt32(), first.GetProperty("height").GetInt32()));
        Assert.NotEmpty(first.GetProperty("strokes").EnumerateArray());
        Assert.Equal(first.GetRawText(), (await server.GetAsync("/api/pen-digits/7?seed=5")).GetRawText());
        Assert.NotEqual(first.GetRawText(), (await server.GetAsync("/api/pen-digits/7?seed=6")).GetRawText());
    }

    [Theory]
    [InlineData("10", "digit")]
    [InlineData("-1", "digit")]
    [InlineData("seven", "body")]
    public async Task PenDigits_NoDigit_IsRefusedByName(string digit, string field)
    {
        var answer = await server.Client.GetAsync($"/api/pen-digits/{digit}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True((await TestServer.JsonOf(answer)).GetProperty("errors").TryGetProperty(field, out _));
    }

    private static string Corner(JsonElement box) => $"[{box.GetProperty("x")},{box.GetProperty("y")}]";

    private async Task<JsonElement> PredictAsync(string body)
    {
        var answer = await server.PostAsync("/api/predict", body);
        var json = await TestServer.JsonOf(answer);
        Assert.True(answer.IsSuccessStatusCode, json.ToString());
        return json;
    }
}

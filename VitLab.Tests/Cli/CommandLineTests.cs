using System.Text.Json;
using VitLab.Experiments;
using VitLab.Tests.Support;
using VitLab.Vision;
using VitLab.Web.Cli;
using VitLab.Web.Corrections;
using VitLab.Web.Runs;
using VitLab.Web.Startup;

namespace VitLab.Tests.Cli;

/// <summary>The command line in this process: what it prints where, and its exit codes.</summary>
public sealed class CommandLineTests : IDisposable
{
    private static readonly string[] s_small =
        ["train", "single-digit", "--preset", "d16", "--set", "samplesPerEpoch=128", "batchSize=64", "dim=8", "depth=1", "heads=2", "--set", "mlpDim=8", "--set", "warmUpEpochs=0", "--data", "pen", "--seed", "3"];

    private readonly TemporaryFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Train_Json_PrintsTheResultAndWritesAnOrdinaryRun()
    {
        var exported = _home.File("exported.safetensors");

        var (code, output, error) = await RunAsync([.. s_small, "--epochs", "2", "--output", exported, "--json"]);

        Assert.True(code == 0, error);
        var result = JsonSerializer.Deserialize<JsonElement>(output);
        Assert.Equal(("single-digit", "d16", "pen", "Completed", 4), (
            result.GetProperty("experiment").GetString(), result.GetProperty("preset").GetString(), result.GetProperty("data").GetString(),
            result.GetProperty("state").GetString(), result.GetProperty("steps").GetInt32()));
        Assert.True(File.Exists(result.GetProperty("checkpoint").GetString()));
        Assert.True(File.Exists(_home.File("runs", result.GetProperty("run").GetString()!, "events.jsonl")));
        Assert.Contains("epoch 2", error, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', error);

        var info = Checkpoint.ReadInfo(exported);
        Assert.Contains("test.accuracy", info.Metrics.Keys);
        Assert.StartsWith("VitLab.Web train single-digit --preset d16", info.Command, StringComparison.Ordinal);
        Assert.NotEqual("", info.Date);
    }

    [Fact]
    public async Task Train_OnATerminal_DrawsABar()
    {
        var (code, _, error) = await RunAsync([.. s_small, "--epochs", "30"], terminal: true);

        Assert.Equal(0, code);
        Assert.Contains("\r[", error, StringComparison.Ordinal);
        Assert.Contains("ETA", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_WithCorrectionsFromARun_TellsWhatTheyChanged()
    {
        var refused = await RunAsync([.. s_small, "--epochs", "1", "--set", "correctionShare=0.25"]);
        Assert.Equal(2, refused.Code);
        Assert.Contains("no corrections yet", refused.Error, StringComparison.Ordinal);
        new CorrectionStore(_home.File("corrections", "corrections.jsonl"), new RunFiles(), TimeProvider.System).Add(new Drawing(280, 280, [[60f, 60, 220, 60, 120, 230]]) { Label = [7] });
        var pupil = JsonSerializer.Deserialize<JsonElement>((await RunAsync([.. s_small, "--epochs", "1", "--json"])).Output).GetProperty("run").GetString()!;

        var (code, output, error) = await RunAsync([.. s_small, "--epochs", "1", "--set", "correctionShare=0.25", "--from", pupil, "--json"]);

        Assert.True(code == 0, error);
        var result = JsonSerializer.Deserialize<JsonElement>(output);
        Assert.EndsWith("last.safetensors", result.GetProperty("checkpoint").GetString(), StringComparison.Ordinal);
        var teaching = result.GetProperty("teaching");
        Assert.Equal((pupil, 1, "Pending"), (teaching.GetProperty("base").GetString(), teaching.GetProperty("corrections").GetInt32(), teaching.GetProperty("verdict").GetString()));
        Assert.True(teaching.GetProperty("after").GetProperty("test").TryGetProperty("accuracy", out _));
    }

    [Fact]
    public async Task EvalAndPredict_OfARun_PrintTheirPublicShapes()
    {
        var run = JsonSerializer.Deserialize<JsonElement>((await RunAsync([.. s_small, "--epochs", "1", "--json"])).Output).GetProperty("run").GetString()!;

        var eval = JsonSerializer.Deserialize<JsonElement>((await RunAsync(["eval", "--checkpoint", run, "--data", "pen", "--split", "validation", "--json"])).Output);
        Assert.Equal(["experiment", "preset", "data", "split", "samples", "metrics", "parts"], eval.EnumerateObject().Select(property => property.Name));
        Assert.Equal(("validation", 64), (eval.GetProperty("split").GetString(), eval.GetProperty("samples").GetInt32()));
        Assert.InRange(eval.GetProperty("metrics").GetProperty("accuracy").GetDouble(), 0, 1);

        var drawings = _home.File("drawings.jsonl");
        await File.WriteAllLinesAsync(drawings, ["""{"label":7,"width":280,"height":280,"strokes":[[60,60,220,60,120,230]]}""", """{"label":1,"width":280,"height":280,"strokes":[]}"""]);
        var drawn = JsonSerializer.Deserialize<JsonElement>((await RunAsync(["eval", "--checkpoint", run, "--drawings", drawings, "--json"])).Output);
        Assert.Equal(("drawings", 2), (drawn.GetProperty("split").GetString(), drawn.GetProperty("samples").GetInt32()));

        var predicted = JsonSerializer.Deserialize<JsonElement>((await RunAsync(["predict", "--checkpoint", $"{run}/last", "--drawings", drawings, "--json"])).Output).GetProperty("predictions");
        Assert.Equal(10, predicted[0].GetProperty("regions")[0].GetProperty("probabilities").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, predicted[1].GetProperty("text").ValueKind);

        var png = _home.File("digit.png");
        var picture = new GrayImage(40, 40);
        picture.Pixels.AsSpan(400, 600).Fill(255);
        await File.WriteAllBytesAsync(png, Png.Encode(picture));
        Assert.StartsWith("digit.png: ", (await RunAsync(["predict", "--checkpoint", run, "--image", png])).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grid-heads")]
    [InlineData("grid-transcriber")]
    public async Task EvalAndPredict_OfARunOnGrids_CountDigitsAndTellTokens(string experiment)
    {
        string[] small = ["train", experiment, .. s_small.Skip(4)];
        var trained = await RunAsync([.. small, "--epochs", "1", "--json"]);
        Assert.True(trained.Code == 0, trained.Error);
        var run = JsonSerializer.Deserialize<JsonElement>(trained.Output).GetProperty("run").GetString()!;

        var eval = JsonSerializer.Deserialize<JsonElement>((await RunAsync(["eval", "--checkpoint", run, "--data", "pen", "--json"])).Output);
        Assert.Equal(["sequenceAccuracy", "digitAccuracy", "loss"], eval.GetProperty("metrics").EnumerateObject().Select(metric => metric.Name));

        var drawings = _home.File("grids.jsonl");
        await File.WriteAllLinesAsync(drawings, [
            """{"label":[7,1],"width":560,"height":560,"strokes":[[60,60,220,60,120,230],[420,330,420,520]]}""",
            """{"label":[],"width":560,"height":560,"strokes":[]}"""]);
        var drawn = JsonSerializer.Deserialize<JsonElement>((await RunAsync(["eval", "--checkpoint", run, "--drawings", drawings, "--json"])).Output);
        Assert.Equal(["sequenceAccuracy", "digitAccuracy"], drawn.GetProperty("metrics").EnumerateObject().Select(metric => metric.Name));
        Assert.InRange(drawn.GetProperty("metrics").GetProperty("sequenceAccuracy").GetDouble(), 0.5, 1);   // nothing drawn is read right

        var predicted = JsonSerializer.Deserialize<JsonElement>((await RunAsync(["predict", "--checkpoint", run, "--drawings", drawings, "--json"])).Output).GetProperty("predictions")[0];
        Assert.Equal([7, 1], predicted.GetProperty("label").EnumerateArray().Select(digit => digit.GetInt32()));
        var tokens = predicted.GetProperty("tokens");
        Assert.Equal(experiment == "grid-transcriber", tokens.ValueKind == JsonValueKind.Array);
        if (tokens.ValueKind == JsonValueKind.Array)
        {
            Assert.Equal(["text", "probability", "alternatives"], tokens[0].EnumerateObject().Select(property => property.Name));
            Assert.Equal(5, tokens[0].GetProperty("alternatives").GetArrayLength());
        }
    }

    [Fact]
    public async Task EvalAndPredict_OfARunOnScenes_TellBoxesPartsAndWhatIsNotThere()
    {
        var trained = await RunAsync(["train", "free-layout", .. s_small.Skip(4), "--epochs", "1", "--set", "mostDigits=2", "--set", "patch=14", "--json"]);
        Assert.True(trained.Code == 0, trained.Error);
        var run = JsonSerializer.Deserialize<JsonElement>(trained.Output).GetProperty("run").GetString()!;

        var eval = JsonSerializer.Deserialize<JsonElement>((await RunAsync(["eval", "--checkpoint", run, "--data", "pen", "--parts", "--json"])).Output);
        Assert.Equal(
            ["sceneAccuracy", "countAccuracy", "mAP50", "precision50", "recall50", "foundAccuracy", "emptyFalseAlarm", "presenceError", "loss"],
            eval.GetProperty("metrics").EnumerateObject().Select(metric => metric.Name));
        var parts = eval.GetProperty("parts").EnumerateArray().ToList();
        Assert.Equal(["name", "samples", "metrics"], parts[0].EnumerateObject().Select(property => property.Name));
        Assert.Contains(parts, part => part.GetProperty("name").GetString() == "2 digits");
        Assert.Contains(parts, part => part.GetProperty("name").GetString() == "84 × 84 px");

        var drawings = _home.File("scenes.jsonl");
        await File.WriteAllLinesAsync(drawings, [
            """{"label":[7,1],"width":900,"height":560,"strokes":[[60,60,220,60,120,230],[420,330,420,520]]}""",
            """{"label":[],"width":560,"height":1680,"strokes":[]}"""]);
        var drawn = JsonSerializer.Deserialize<JsonElement>((await RunAsync(["eval", "--checkpoint", run, "--drawings", drawings, "--json"])).Output);
        Assert.Equal(["sceneAccuracy", "countAccuracy"], drawn.GetProperty("metrics").EnumerateObject().Select(metric => metric.Name));
        var predicted = JsonSerializer.Deserialize<JsonElement>((await RunAsync(["predict", "--checkpoint", run, "--drawings", drawings, "--json"])).Output).GetProperty("predictions");
        Assert.All(predicted[0].GetProperty("regions").EnumerateArray(), region => Assert.InRange(region.GetProperty("presence").GetDouble(), 0, 1));
        Assert.Equal(JsonValueKind.Null, predicted[1].GetProperty("text").ValueKind);

        await File.WriteAllLinesAsync(drawings, ["""{"label":[7],"width":280,"height":280,"strokes":[[60,60,220,60]]}"""]);
        var refused = await RunAsync(["predict", "--checkpoint", run, "--drawings", drawings]);
        Assert.Equal(2, refused.Code);
        Assert.Contains("width: expected 560 to 1680 units", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Eval_ADrawingWithoutALabel_IsRefusedByLine()
    {
        var drawings = _home.File("unlabelled.jsonl");
        await File.WriteAllTextAsync(drawings, """{"width":280,"height":280,"strokes":[[60,60,220,60]]}""");

        var (code, _, error) = await RunAsync(["eval", "--checkpoint", "single-digit-d16", "--drawings", drawings]);

        Assert.Equal(2, code);
        Assert.Contains("label", error, StringComparison.Ordinal);
        Assert.Contains("line 1", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eval")]
    [InlineData("predict")]
    [InlineData("train")]
    public async Task Help_WhereACheckpointIsNamed_ListsTheShippedOnes(string verb)
    {
        var (_, output, _) = await RunAsync([verb, "--help"]);

        var shipped = CheckpointLocator.NamesIn(LabFolders.BesideTheProgram);
        Assert.NotEmpty(shipped);
        Assert.All(shipped, name => Assert.Contains(name, output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("epochs", "train", "single-digit", "--epochs", "0")]
    [InlineData("epochs", "train", "single-digit", "--epochs", "many")]
    [InlineData("data", "train", "single-digit", "--data", "letters")]
    [InlineData("data", "train", "single-digit", "--data", "pen-unseen")]
    [InlineData("\"cuda:63\" is not there", "train", "single-digit", "--device", "cuda:63")]
    [InlineData("expected auto, cpu or cuda:N", "bench", "--device", "tpu")]
    [InlineData("expected auto, cpu or cuda:N", "eval", "--checkpoint", "single-digit", "--device", "")]
    [InlineData("no-such", "train", "no-such")]
    [InlineData("d9", "train", "single-digit", "--preset", "d9")]
    [InlineData("key=value", "train", "single-digit", "--set", "dim")]
    [InlineData("colour", "train", "single-digit", "--set", "colour=red")]
    [InlineData("--output", "train", "single-digit", "--output", "/no/such/folder/x.safetensors")]
    [InlineData("train", "train")]
    [InlineData("nothing-here", "eval", "--checkpoint", "nothing-here")]
    [InlineData("nothing.safetensors", "eval", "--checkpoint", "nothing.safetensors")]
    [InlineData("--checkpoint", "eval")]
    [InlineData("--image", "predict", "--checkpoint", "single-digit")]
    [InlineData("trian", "trian")]
    [InlineData("--loud", "bench", "--loud")]
    [InlineData("--seconds", "bench", "--seconds", "-1")]
    [InlineData("only: \"no-such\": no experiment is called \"no-such\"", "results", "--only", "no-such")]
    [InlineData("only: \"single-digit/d9\": single-digit has no preset \"d9\"", "results", "--only", "single-digit/d16", "single-digit/d9")]
    [InlineData("only: \"single-digit/\": expected an experiment, or experiment/preset", "results", "--only", "single-digit/")]
    [InlineData("seeds: expected different numbers from 0", "results", "--seeds", "1,one")]
    [InlineData("seeds: expected different numbers from 0", "results", "--seeds", "1,1")]
    [InlineData("expected auto, cpu or cuda:N", "results", "--device", "tpu")]
    public async Task Run_WhatCannotBe_IsRefusedByName(string named, params string[] arguments)
    {
        var (code, output, error) = await RunAsync(arguments);

        Assert.Equal(2, code);
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_Root_ListsVerbsAndExitCodes()
    {
        var (code, output, _) = await RunAsync(["--help"]);

        Assert.Equal(0, code);
        Assert.All(["serve", "train", "eval", "predict", "results", "bench", "data", "130"], word => Assert.Contains(word, output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Data_Json_NamesFoldersAndSources()
    {
        var (code, output, _) = await RunAsync(["data", "--json"]);

        Assert.Equal(0, code);
        var report = JsonSerializer.Deserialize<JsonElement>(output);
        Assert.True(report.GetProperty("searched").GetArrayLength() > 0);
        Assert.Equal("pen", report.GetProperty("pen").GetProperty("source").GetString());
    }

    [Fact]
    public async Task Bench_Json_PrintsItsPublicShape()
    {
        var (code, output, error) = await RunAsync(["bench", "--json", "--seconds", "0.02", "--only", "grid-transcriber/d64", "single-digit"]);

        Assert.True(code == 0, error);
        var bench = JsonSerializer.Deserialize<JsonElement>(output);
        Assert.Equal(["machine", "gemmGflops", "training", "inference"], bench.EnumerateObject().Select(property => property.Name));
        Assert.Equal(["engine", "device", "system", "runtime"], bench.GetProperty("machine").EnumerateObject().Select(property => property.Name));
        Assert.Equal(["id", "name", "memory"], bench.GetProperty("machine").GetProperty("device").EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            ["experiment", "preset", "batch", "imagesPerSecond", "gflops", "shareOfGemm", "allocatedBytesPerStep"],
            bench.GetProperty("training")[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            ["experiment", "preset", "p50Ms", "p99Ms", "attentionP50Ms", "attentionP99Ms"],
            bench.GetProperty("inference")[0].EnumerateObject().Select(property => property.Name));
        (string, string)[] presets = [("single-digit", "d64"), ("single-digit", "d16"), ("grid-transcriber", "d64")];   // in the catalogue's order
        Assert.All([bench.GetProperty("training"), bench.GetProperty("inference")], rows =>
            Assert.Equal(presets, rows.EnumerateArray().Select(row => (row.GetProperty("experiment").GetString()!, row.GetProperty("preset").GetString()!))));
    }

    private Task<(int Code, string Output, string Error)> RunAsync(string[] arguments, bool terminal = false) => InProcessCommand.RunAsync(_home, arguments, terminal);
}

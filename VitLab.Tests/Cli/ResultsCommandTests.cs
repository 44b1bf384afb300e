using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using VitLab.Data;
using VitLab.Experiments;
using VitLab.Tests.Data;
using VitLab.Tests.Runs;
using VitLab.Tests.Support;

namespace VitLab.Tests.Cli;

/// <summary>results: which rows it makes, what stands in them, and what it leaves alone.</summary>
public sealed class ResultsCommandTests : IDisposable
{
    private readonly TemporaryFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Only_OnePreset_TrainsItAndNamesTheOthersAsNotMeasured()
    {
        var (code, output, error) = await RunAsync("--only", "single-digit/d16");

        Assert.True(code == 0, error);
        Assert.Contains("single-digit/d16: accuracy", output, StringComparison.Ordinal);
        Assert.Contains("epoch 10", error, StringComparison.Ordinal);
        var ours = Row("single-digit", "d16").GetProperty("ours");
        Assert.Equal(["metrics", "seeds", "epochs", "samples", "seconds", "data", "machine", "date"], Names(ours));
        Assert.InRange(ours.GetProperty("metrics").GetProperty("accuracy").GetProperty("mean").GetDouble(), 0.2, 1);
        Assert.True(ours.GetProperty("metrics").GetProperty("loss").GetProperty("mean").GetDouble() > 0);
        Assert.Equal((10, 2560), (ours.GetProperty("epochs").GetInt32(), ours.GetProperty("samples").GetInt32()));
        Assert.Equal("0123456789abcdef", ours.GetProperty("data").GetProperty("checksum").GetString());
        Assert.Equal(["processor", "cores", "memory", "system", "runtime", "engine", "device"], Names(ours.GetProperty("machine")));
        Assert.Equal("train single-digit --preset d16 --data mnist --seed 1", Row("single-digit", "d16").GetProperty("command").GetString());

        var others = Rows().Where(row => row.GetProperty("preset").GetString() != "d16").ToList();
        Assert.NotEmpty(others);
        Assert.All(others, row => Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (row.GetProperty("ours").ValueKind, row.GetProperty("failure").ValueKind)));
        Assert.Equal(others.Count, Occurrences("not measured yet", await File.ReadAllTextAsync(Markdown)));
        Assert.Contains("all digits right 93.77", await File.ReadAllTextAsync(Markdown), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_OnePreset_IsAnOrdinaryRunThatItsOwnCommandRepeats()
    {
        await RunAsync("--only", "single-digit/d16");
        var run = JsonNode.Parse(await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(_home.File("runs"), "run.json", SearchOption.AllDirectories))))!;
        Assert.Equal("results: single-digit/d16, seed 1", run["name"]!.GetValue<string>());
        Assert.Equal($"VitLab.Web {Row("single-digit", "d16").GetProperty("command").GetString()}", run["command"]!.GetValue<string>());

        var repeated = await InProcessCommand.RunAsync(_home, [.. Row("single-digit", "d16").GetProperty("command").GetString()!.Split(' '), "--json"]);

        var test = JsonSerializer.Deserialize<JsonElement>(repeated.Output).GetProperty("test");
        Assert.Equal(Mean("loss"), test.GetProperty("loss").GetDouble());
        Assert.Equal(Mean("accuracy"), test.GetProperty("accuracy").GetDouble());
    }

    [Fact]
    public async Task Only_AnotherPreset_LeavesMeasuredRowsAsTheyAre()
    {
        await RunAsync("--only", "single-digit/d16");
        var before = Row("single-digit", "d16").GetRawText();

        var (code, _, error) = await RunAsync("--only", "single-digit/d64", "--seeds", "3,4");

        Assert.True(code == 0, error);
        Assert.Equal(before, Row("single-digit", "d16").GetRawText());
        var row = Row("single-digit", "d64");
        Assert.Equal([3, 4], row.GetProperty("ours").GetProperty("seeds").EnumerateArray().Select(seed => seed.GetInt32()));
        Assert.True(row.GetProperty("ours").GetProperty("metrics").GetProperty("loss").GetProperty("spread").GetDouble() > 0);
        Assert.Equal("results --only single-digit/d64 --seeds 3,4", row.GetProperty("command").GetString());
        Assert.Contains(" ± ", await File.ReadAllTextAsync(Markdown), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quick_EveryPreset_IsLabelledAndNeverTouchesTheTableOrTheLab()
    {
        await RunAsync("--only", "single-digit/d16");
        var (table, page, runs) = (await File.ReadAllTextAsync(Json), await File.ReadAllTextAsync(Markdown), Directory.GetDirectories(_home.File("runs")));

        var (code, _, error) = await RunAsync("--quick");

        Assert.True(code == 0, error);
        Assert.Equal((table, page), (await File.ReadAllTextAsync(Json), await File.ReadAllTextAsync(Markdown)));
        Assert.Equal(runs, Directory.GetDirectories(_home.File("runs")));
        Assert.StartsWith("# Results of a smoke run\n", await File.ReadAllTextAsync(_home.File("docs", "results.quick.md")), StringComparison.Ordinal);
        var smoke = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(_home.File("docs", "results.quick.json")));
        Assert.True(smoke.GetProperty("isSmoke").GetBoolean());
        Assert.All(smoke.GetProperty("rows").EnumerateArray(), row => Assert.True(
            row.GetProperty("ours") is { ValueKind: JsonValueKind.Object } ours ? ours.GetProperty("samples").GetInt32() is >= 1 and <= 64 : !HasData(row), row.GetRawText()));
        var usual = ExperimentCatalog.All.SelectMany(experiment => experiment.Presets.Where(preset => preset.ResultsEpochs is not 0).Select(preset => (experiment.Id, preset.Id)));
        Assert.Equal(usual, smoke.GetProperty("rows").EnumerateArray().Select(row => (row.GetProperty("experiment").GetString()!, row.GetProperty("preset").GetString()!)));
    }

    [Fact]
    public async Task Row_ThatFails_SaysWhyAndTheNextIsTried()
    {
        var (code, output, _) = await InProcessCommand.RunAsync(_home, ["results", "--only", "single-digit", "--out", _home.File("docs")], data: new TinyData { Trouble = new DataException("The files are torn | here.\nTry others.") });

        Assert.Equal(1, code);
        Assert.All(["d64", "d16"], preset => Assert.Equal("The files are torn | here.\nTry others.", Row("single-digit", preset).GetProperty("failure").GetString()));
        Assert.Contains("single-digit/d16: failed: The files are torn", output, StringComparison.Ordinal);
        Assert.Contains(@"failed: The files are torn \| here. Try others.", await File.ReadAllTextAsync(Markdown), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1,2")]
    [InlineData("""{"isSmoke":false}""")]
    [InlineData("""{"isSmoke":true,"rows":[]}""")]
    [InlineData("""{"isSmoke":false,"rows":[{"experiment":"single-digit","preset":"d16"}]}""")]
    public async Task Table_ThatIsNone_IsRefusedByNameAndKept(string content)
    {
        Directory.CreateDirectory(_home.File("docs"));
        await File.WriteAllTextAsync(Json, content);

        var (code, _, error) = await RunAsync("--only", "single-digit/d16");

        Assert.Equal(2, code);
        Assert.Contains(Json, error, StringComparison.Ordinal);
        Assert.Equal(content, await File.ReadAllTextAsync(Json));
    }

    [Fact]
    public async Task Terminate_InTheSecondRow_KeepsTheFirst()
    {
        using var data = new TinyMnist();
        var environment = new Dictionary<string, string> { ["VITLAB_DATA"] = data.Root };
        using var process = Process.Start(LabServer.StartInfo(_home.Path, "http://127.0.0.1:0", environment, "results", "--only", "single-digit/d16", "grid-heads/d64", "--out", _home.File("docs")))!;
        var progress = process.StandardError.ReadToEndAsync();
        Assert.StartsWith("single-digit/d16: accuracy", await process.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);

        using var signal = Process.Start("kill", ["-TERM", $"{process.Id}"]);   // not Ctrl+C's own signal: shells let what they start in the background ignore that one
        try
        {
            await process.WaitForExitAsync().WaitAsync(Limit.Time);
        }
        finally
        {
            process.Kill(entireProcessTree: true);   // no more than a wish when it has ended, as it should
        }

        Assert.True(process.ExitCode == 130, await progress);
        Assert.Equal(JsonValueKind.Object, Row("single-digit", "d16").GetProperty("ours").ValueKind);
        Assert.Equal(JsonValueKind.Null, Row("grid-heads", "d64").GetProperty("ours").ValueKind);
    }

    private string Json => _home.File("docs", "results.json");

    private string Markdown => _home.File("docs", "results.md");

    private Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) => InProcessCommand.RunAsync(_home, ["results", .. arguments, "--out", _home.File("docs")]);

    private JsonElement.ArrayEnumerator Rows() => JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Json)).GetProperty("rows").EnumerateArray();

    private JsonElement Row(string experiment, string preset) => Rows().Single(row => (row.GetProperty("experiment").GetString(), row.GetProperty("preset").GetString()) == (experiment, preset));

    private double Mean(string metric) => Row("single-digit", "d16").GetProperty("ours").GetProperty("metrics").GetProperty(metric).GetProperty("mean").GetDouble();

    /// <summary>That a smoke run finds samples for it on this machine.</summary>
    private static bool HasData(JsonElement row)
    {
        var sources = OptionSchema.Of(ExperimentCatalog.Find(row.GetProperty("experiment").GetString()!)).Field("data").Choices;
        return sources.Any(new DataCatalog(new DataCatalogOptions { AllowDownload = false }).IsHere);
    }

    private static IEnumerable<string> Names(JsonElement value) => value.EnumerateObject().Select(property => property.Name);

    private static int Occurrences(string part, string text) => text.Split(part).Length - 1;
}

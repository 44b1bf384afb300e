using System.IO.Compression;
using VitLab.Tests.Support;

namespace VitLab.Tests.Faults;

/// <summary>Broken files given to the command line are refused by name, with what was expected.</summary>
[Collection(FaultCollection.Name)]
public sealed class BrokenFileTests : IDisposable
{
    private readonly TemporaryFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task ForeignCheckpoint_Eval_IsRefusedByName()
    {
        var file = _home.File("someone-elses.safetensors");
        await File.WriteAllBytesAsync(file, "PK\u0003\u0004 not safetensors"u8.ToArray());

        (await LabCommand.RunAsync(_home.Path, null, "eval", "--checkpoint", file, "--data", "pen")).AssertRefused("someone-elses.safetensors");
    }

    [Fact]
    public async Task MissingCheckpoint_Eval_IsRefusedByName() =>
        (await LabCommand.RunAsync(_home.Path, null, "eval", "--checkpoint", "no-such-checkpoint", "--data", "pen")).AssertRefused("no-such-checkpoint");

    [Fact]
    public async Task AnotherModelsSafetensors_Eval_IsRefused()
    {
        var golden = Repository.PathOf("VitLab.Tests", "Golden", "ops.safetensors");

        (await LabCommand.RunAsync(_home.Path, null, "eval", "--checkpoint", golden, "--data", "pen")).AssertRefused("ops.safetensors");
    }

    [Theory]
    [InlineData("truncated")]
    [InlineData("wrong content")]
    public async Task BrokenDataFile_Train_IsRefusedByName(string damage)
    {
        var data = _home.File("mine");
        Directory.CreateDirectory(Path.Combine(data, "mnist"));
        foreach (var name in new[] { "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz" })
        {
            await File.WriteAllBytesAsync(Path.Combine(data, "mnist", name), damage == "truncated" ? Compressed(1000)[..20] : Compressed(1000));
        }

        var command = await LabCommand.RunAsync(_home.Path, new Dictionary<string, string> { ["VITLAB_DATA"] = data }, "train", "single-digit", "--data", "mnist", "--epochs", "1");

        command.AssertRefused("idx");
    }

    [Fact]
    public async Task DrawingsWithATornLine_Predict_NamesFileAndLine()
    {
        var file = _home.File("drawings.jsonl");
        await File.WriteAllLinesAsync(file, ["""{"label":7,"width":280,"height":280,"strokes":[[60,60,220,60,120,230]]}""", """{"width":280,"hei"""]);

        (await LabCommand.RunAsync(_home.Path, null, "predict", "--checkpoint", "single-digit", "--drawings", file)).AssertRefused("line 2");
    }

    private static byte[] Compressed(int length)
    {
        using var file = new MemoryStream();
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(new byte[length]);
        }

        return file.ToArray();
    }
}

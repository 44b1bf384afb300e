using System.Diagnostics;
using System.Text.Json;
using VitLab.Experiments;
using VitLab.Tests.Support;
using VitLab.Tests.Training;
using VitLab.Training;

namespace VitLab.Tests.Golden;

/// <summary>A model trained here opens in PyTorch under PyTorch's names and gives the same logits (load_checkpoint.py).</summary>
public sealed class CheckpointGoldenTests : IDisposable
{
    // Both sides compute in float32, each within 1e-6 of the exact logits' largest value for these shapes.
    private const double Share = 1e-5;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("d64")]
    [InlineData("d16")]
    public async Task Checkpoint_TrainedHere_GivesTheSameLogitsInPyTorch(string preset)
    {
        var python = FindPythonWithTorch();
        Assert.SkipWhen(python is null, "No Python with torch (Debian: apt-get install python3-torch).");
        var file = _folder.File("trained.safetensors");
        var logits = TrainAndSave(preset, file);

        var answer = await RunAsync(python, Repository.PathOf("VitLab.Tests", "Golden", "load_checkpoint.py"), file, preset);

        Assert.Empty(answer.GetProperty("missing").EnumerateArray());
        Assert.Empty(answer.GetProperty("unexpected").EnumerateArray());
        float[] theirs = [.. answer.GetProperty("logits").EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(number => number.GetSingle())];
        new GoldenTensor([8, 10], theirs, []).AssertClose("logits", logits, Share);
    }

    /// <summary>A few real steps, so that no weight still has its initial value; returns the logits over the golden pictures.</summary>
    private static float[] TrainAndSave(string preset, string file)
    {
        var options = TinyRuns.Experiment.FindPreset(preset).Options with { Epochs = 3, BatchSize = 8, EmaDecay = 0 };
        using var trainer = new Trainer(new TrainingPlan(TinyRuns.Experiment, preset, options, TinyRuns.Data));
        foreach (var happened in trainer.Run())
        {
            Assert.False(happened is RunEnded { Outcome: RunOutcome.Failed });
        }

        trainer.Capture().Save(file);
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        var network = (torch.nn.Module<torch.Tensor, torch.Tensor>)trainer.Learner.Network;
        network.eval();
        long[] shape = [8, 1, 28, 28];
        return network.call(torch.tensor(GoldenNumbers.Uniform("checkpoint.images", shape, -1, 1), shape)).data<float>().ToArray();
    }

    private static string? FindPythonWithTorch() =>
        new[] { Environment.GetEnvironmentVariable("PYTHON"), "/usr/bin/python3", "python3" }.FirstOrDefault(python => !string.IsNullOrEmpty(python) && HasTorch(python));

    private static bool HasTorch(string python)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, ["-c", "import torch, numpy"]) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static async Task<JsonElement> RunAsync(string python, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(python, ["-B", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await error);
        return JsonSerializer.Deserialize<JsonElement>(await output);
    }
}

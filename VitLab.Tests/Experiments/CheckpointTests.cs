using VitLab.Experiments;
using VitLab.Models;

namespace VitLab.Tests.Experiments;

public sealed class CheckpointTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vitlab-checkpoint-").FullName;

    [Fact]
    public void Load_WhatSaveWrote_IsTheSame()
    {
        var saved = Sample();
        saved.Save(FilePath());

        var loaded = Checkpoint.Load(FilePath());

        Assert.Equal(saved.Info.Options, loaded.Info.Options);
        Assert.Equal(saved.Info.Metrics, loaded.Info.Metrics);
        Assert.Equal(saved.Info with { Options = loaded.Info.Options, Metrics = loaded.Info.Metrics }, loaded.Info);
        Assert.Equal(saved.Tensors.Keys, loaded.Tensors.Keys);
        Assert.Equal(saved.Info.Step, Checkpoint.ReadInfo(FilePath()).Step);
        Assert.Equal([FilePath()], Directory.GetFiles(_folder));
    }

    [Fact]
    public void WeightsOnly_AResumableCheckpoint_DropsTrainingState()
    {
        var weights = Sample().WeightsOnly();

        Assert.Equal(["head.bias"], weights.Tensors.Keys);
        Assert.False(weights.IsResumable);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Load_NumbersThatAreNotFinite_IsRefused(float value)
    {
        new Checkpoint(Sample().Info, new Dictionary<string, HostTensor> { ["head.bias"] = HostTensor.Of([0, value], 2) }).Save(FilePath());

        var e = Assert.Throws<CheckpointException>(() => Checkpoint.Load(FilePath()));

        Assert.Contains("head.bias", e.Message, StringComparison.Ordinal);
        Assert.Contains("must be finite", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AMissingFile_NamesIt() => Assert.Contains("last.safetensors", Assert.Throws<CheckpointException>(() => Checkpoint.Load(FilePath())).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_ATornFile_SaysTruncated()
    {
        Sample().Save(FilePath());
        var bytes = File.ReadAllBytes(FilePath());
        File.WriteAllBytes(FilePath(), bytes[..^5]);

        Assert.Contains("truncated", Assert.Throws<CheckpointException>(() => Checkpoint.Load(FilePath())).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_SomebodyElsesModel_SaysItIsNotOurs()
    {
        using (var file = File.Create(FilePath()))
        {
            Safetensors.Write(file, new Dictionary<string, string> { ["format"] = "pt" }, new Dictionary<string, HostTensor>());
        }

        Assert.Contains("not a checkpoint made by VitLab", Assert.Throws<CheckpointException>(() => Checkpoint.Load(FilePath())).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Save_IntoAMissingFolder_ThrowsAndLeavesNothing()
    {
        Assert.ThrowsAny<IOException>(() => Sample().Save(Path.Combine(_folder, "absent", "last.safetensors")));

        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string FilePath() => Path.Combine(_folder, "last.safetensors");

    private static Checkpoint Sample()
    {
        var experiment = ExperimentCatalog.Find("single-digit");
        var options = OptionSchema.Of(experiment).With(experiment.Presets[1].Options, "seed", "42");
        var info = new CheckpointInfo("single-digit", "d16", options, 1234, 3, "mnist", "0123456789abcdef", new Dictionary<string, double> { ["validation.accuracy"] = 0.98125 }, "train single-digit", "2026-11-21T00:00:00Z")
        {
            TrainingState = """{"best":0.5}""",
        };
        return new Checkpoint(info, new Dictionary<string, HostTensor>
        {
            ["head.bias"] = HostTensor.Of([1.5f, -2], 2),
            ["training.best.head.bias"] = HostTensor.Of([0f, 3], 2),
        });
    }
}

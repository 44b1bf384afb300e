using VitLab.Tests.Runs;
using VitLab.Tests.Support;
using VitLab.Web.Report;
using VitLab.Web.Runs;

namespace VitLab.Tests.Report;

/// <summary>The table on disk.</summary>
public sealed class ResultsFolderTests : IDisposable
{
    private static readonly ResultRow s_row = new("single-digit", "d16", null, [], "train single-digit", new Measurement(
        new Dictionary<string, MeanFigure> { ["accuracy"] = new(0.9854, null), ["loss"] = new(double.NaN, 0.25) }, [1, 2], 10, 550_000, 21.5,
        new ResultData("mnist", "MNIST.", "0123456789abcdef"), new ResultMachine("A processor", 2, 16_000_000_000, "A system", ".NET", "Managed engine", "cpu"), "2026-11-28"));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var folder = new ResultsFolder(_folder.File("new"), isSmoke: false, new RunFiles());
        folder.Write(folder.Read().With(s_row));

        var row = folder.Read().Rows.Single(row => row.Ours is not null);

        Assert.Equal(s_row.Ours!.Metrics, row.Ours!.Metrics);
        Assert.Equal(s_row.Ours.Seeds, row.Ours.Seeds);
        Assert.Equal(s_row with { Ours = null, Published = row.Published }, row with { Ours = null });
        Assert.Equal(s_row.Ours with { Metrics = row.Ours.Metrics, Seeds = row.Ours.Seeds }, row.Ours);
    }

    [Fact]
    public void Write_DiskFull_LeavesTheOldTable()
    {
        var files = new TestRunFiles();
        var folder = new ResultsFolder(_folder.Path, isSmoke: false, files);
        folder.Write(folder.Read().With(s_row));
        var before = (File.ReadAllText(folder.Json), File.ReadAllText(folder.Markdown));

        files.IsFull = true;
        Assert.Throws<IOException>(() => folder.Write(folder.Read().With(s_row with { Ours = null, Failure = "no luck" })));

        Assert.Equal(before, (File.ReadAllText(folder.Json), File.ReadAllText(folder.Markdown)));
    }

    [Fact]
    public void Files_OfASmokeRun_AreOthers()
    {
        var (real, smoke) = (new ResultsFolder(_folder.Path, isSmoke: false, new RunFiles()), new ResultsFolder(_folder.Path, isSmoke: true, new RunFiles()));

        Assert.Equal(4, new HashSet<string> { real.Json, real.Markdown, smoke.Json, smoke.Markdown }.Count);
    }
}

using VitLab.Models;
using VitLab.Tests.Support;
using VitLab.Training;
using VitLab.Web.Runs;

namespace VitLab.Tests.Runs;

public sealed class EventLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("events.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Append_ThenReopen_GoesOnCounting()
    {
        Write(3);
        using var log = Open();

        Assert.Equal(4, log.Append(Step(4)).Sequence);
        log.TryFlush();
        Assert.Equal([1L, 2, 3, 4], EventLogReader.Read(Path, 0).Select(e => e.Sequence));
    }

    [Fact]
    public void Append_LossThatIsNotFinite_ReadsBackAsNaN()
    {
        using (var log = Open()) log.Append(new StepCompleted(1, 1, float.PositiveInfinity, 0.1f, float.NaN, 1));

        var step = Assert.IsType<StepCompleted>(Assert.Single(EventLogReader.Read(Path, 0)).Event);
        Assert.True(float.IsNaN(step.Loss) && float.IsNaN(step.GradientNorm));
    }

    [Fact]
    public void Append_RunThatTookWeightsOver_ReadsBackWithItsReport()
    {
        var report = new TransferReport(["blocks.0.norm1.weight"], [new AdaptedEntry("pos_embed", "positions interpolated 4 × 4 → 8 × 8")], ["heads.0.weight"]);
        using (var log = Open()) log.Append(new RunStarted(0, 10, 5, 100, "tiny", "", report));

        var read = Assert.IsType<RunStarted>(Assert.Single(EventLogReader.Read(Path, 0)).Event).Transferred!;
        Assert.Equal((report.Copied[0], report.Adapted[0], report.Fresh[0], 2, 3), (read.Copied[0], read.Adapted[0], read.Fresh[0], read.CarriedOver, read.Total));
    }

    [Theory]
    [InlineData("[]", null)]
    [InlineData("[\"head.weight\",\"head.bias\"]", 2)]
    public void Read_RunStoredBeforeReportsWereWhole_HasTheNamesThatWereCopied(string names, int? copied)
    {
        File.WriteAllText(Path, $$$"""{"sequence":1,"at":"2026-01-01T00:00:00Z","event":{"type":"started","step":0,"totalSteps":10,"stepsPerEpoch":5,"parameters":1,"data":"","dataChecksum":"","transferred":{{{names}}}}}""" + "\n");

        Assert.Equal(copied, Assert.IsType<RunStarted>(Assert.Single(EventLogReader.Read(Path, 0)).Event).Transferred?.Copied.Count);
    }

    [Theory]
    [InlineData("{\"sequence\":4,\"at\":\"20")]
    [InlineData("{\"sequence\":4,\"at\":\"20\n")]
    [InlineData("\0\0\0\0\0\0")]
    public void Open_TornLastLine_DropsItAndNothingElse(string torn)
    {
        Write(3);
        File.AppendAllText(Path, torn);

        Assert.Equal([1L, 2, 3], EventLogReader.Read(Path, 0).Select(e => e.Sequence));
        using (var log = Open()) Assert.Equal(4, log.Append(Step(4)).Sequence);
        Assert.Equal([1L, 2, 3, 4], EventLogReader.Read(Path, 0).Select(e => e.Sequence));
    }

    [Fact]
    public void Read_UnknownTypeOrGarbageBetween_IsSkipped()
    {
        Write(2);
        File.AppendAllText(Path, "{\"sequence\":3,\"at\":\"2026-01-01T00:00:00Z\",\"event\":{\"type\":\"newer\",\"x\":1}}\nnot json\n");
        using (var log = Open()) log.Append(Step(4));

        Assert.Equal([1L, 2, 4], EventLogReader.Read(Path, 0).Select(e => e.Sequence));
    }

    [Fact]
    public void Read_AfterAnySequence_StartsRightBehindIt()
    {
        const int Count = 5000;                          // some 700 KB: bisection has work to do
        Write(Count);

        foreach (var after in new[] { 0, 1, 2, 499, 2500, 4000, Count - 2, Count - 1, Count, Count + 10 })
        {
            var read = EventLogReader.Read(Path, after).ToList();
            Assert.Equal(Math.Max(0, Count - after), read.Count);
            Assert.Equal(after + 1, read.FirstOrDefault()?.Sequence ?? after + 1);
        }
    }

    [Fact]
    public void Flush_FullDisk_KeepsEverythingAndWritesItWhenThereIsRoom()
    {
        var files = new TestRunFiles();
        using var log = new EventLog(Path, files, TimeProvider.System);
        log.Append(Step(1));
        Assert.True(log.TryFlush());

        files.IsFull = true;
        log.Append(Step(2));
        log.Append(Step(3));
        Assert.False(log.TryFlush());
        Assert.Contains("space", log.Trouble!.Message, StringComparison.Ordinal);
        Assert.Equal([2L, 3], log.Snapshot().Unflushed.Select(e => e.Sequence));

        files.IsFull = false;
        Assert.True(log.TryFlush());
        Assert.Null(log.Trouble);
        Assert.Equal([1L, 2, 3], EventLogReader.Read(Path, 0).Select(e => e.Sequence));
    }

    private static StepCompleted Step(long step) => new(step, 1, 1f / step, 0.001f, 1, 1000);

    private EventLog Open() => new(Path, new RunFiles(), TimeProvider.System);

    private void Write(int count)
    {
        using var log = Open();
        for (var i = 1; i <= count; i++) log.Append(Step(i));
    }
}

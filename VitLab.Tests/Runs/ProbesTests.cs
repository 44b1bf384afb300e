using VitLab.Tests.Support;
using VitLab.Vision;
using VitLab.Web.Probes;
using VitLab.Web.Runs;

namespace VitLab.Tests.Runs;

public sealed class ProbesTests : IDisposable
{
    private static readonly Drawing s_seven = new(280, 280, [[60f, 60, 220, 60, 120, 230]]) { Label = [7] };

    private readonly TemporaryFolder _home = new();

    private string Path => _home.File("probes.jsonl");

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Add_ThenReopen_IsStillPinned()
    {
        Assert.Equal("p1", new PinnedProbes(Path, new RunFiles()).Add(s_seven).Id);

        var again = new PinnedProbes(Path, new RunFiles());
        Assert.Equal([7], Assert.Single(again.List()).Drawing.Label!);
        Assert.Equal("p2", again.Add(s_seven).Id);
        Assert.True(again.Remove("p1"));
        Assert.False(again.Remove("p1"));
    }

    [Fact]
    public void Add_MoreThanTheLimit_Conflicts()
    {
        var probes = new PinnedProbes(Path, new RunFiles());
        for (var i = 0; i < PinnedProbes.Limit; i++) probes.Add(s_seven);

        Assert.Throws<RunConflictException>(() => probes.Add(s_seven));
    }

    [Fact]
    public void Open_BrokenFile_StartsEmptyAndKeepsItAside()
    {
        File.WriteAllText(Path, "{\"id\":\"p1\",\"drawing\":{\"wid");

        Assert.Empty(new PinnedProbes(Path, new RunFiles()).List());
        Assert.True(File.Exists(Path + ".broken"));
    }

    [Fact]
    public async Task Board_SingleDigits_ShowsOneOfEachThenTheNext()
    {
        await using var lab = await new TestLab(_home).StartAsync();
        var run = await lab.WaitAsync((await lab.Runs.StartAsync(TestLab.Request(epochs: 1))).Id, RunState.Completed);

        var probes = await lab.Probes.OfAsync(run, CancellationToken.None);

        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1], probes.Select(probe => Assert.Single(probe.Labels!)));
        Assert.All(probes, probe => Assert.Equal((28, 28), (probe.Image.Width, probe.Image.Height)));
    }

    [Fact]
    public async Task Board_Grids_ReadsEveryCellAndShowsEveryDigit()
    {
        await using var lab = await new TestLab(_home).StartAsync();
        var run = await lab.WaitAsync((await lab.Runs.StartAsync(TestLab.Request("grid-heads"))).Id, RunState.Completed);

        var probes = await lab.Probes.OfAsync(run, CancellationToken.None);
        var frame = await FrameAsync(lab, run.Id, "v0");

        Assert.Equal(ProbeSet.FixedProbes, probes.Count);
        Assert.Equal(Enumerable.Range(0, 10), probes.SelectMany(probe => probe.Labels!).Distinct().Order());
        Assert.All(probes, probe => Assert.Equal((56, 4), (probe.Image.Width, probe.Labels!.Count)));
        Assert.All(frame.Readings, reading => Assert.Equal((4, 11), (reading.Regions.Count, reading.Regions[0].Probabilities.Count)));
        Assert.Equal((8, 8), (frame.Attention!.GridHeight, frame.Attention.GridWidth));
        Assert.Null(frame.CrossAttention);
    }

    [Fact]
    public async Task Board_ModelThatWrites_TellsItsTokensAndWhereItLooked()
    {
        await using var lab = await new TestLab(_home).StartAsync();
        var id = (await lab.Runs.StartAsync(TestLab.Request("grid-transcriber"))).Id;
        await lab.WaitAsync(id, RunState.Completed);

        var frame = await FrameAsync(lab, id, "v1");

        Assert.Equal("v1", frame.AttentionProbe);
        Assert.Equal(frame.Readings.Single(reading => reading.Id == "v1").Tokens!.Count, frame.CrossAttention!.Steps);
        Assert.All(frame.Readings, reading => Assert.Equal(reading.Labels.Count, reading.Tokens!.Count(token => token.Text.Length == 1)));
    }

    [Fact]
    public async Task Pinned_OfOneCanvas_IsShownToRunsThatHaveIt()
    {
        await using var lab = await new TestLab(_home).StartAsync();
        var digit = await lab.WaitAsync((await lab.Runs.StartAsync(TestLab.Request(epochs: 1))).Id, RunState.Completed);
        var grid = await lab.WaitAsync((await lab.Runs.StartAsync(TestLab.Request("grid-heads"))).Id, RunState.Completed);
        lab.Pinned.Add(s_seven);
        lab.Pinned.Add(new Drawing(560, 560, [s_seven.Strokes[0], [400f, 330, 400, 520]]) { Label = [7, 1] });

        var (ofDigit, ofGrid) = (await lab.Probes.OfAsync(digit, CancellationToken.None), await lab.Probes.OfAsync(grid, CancellationToken.None));

        Assert.Equal("p1", Assert.Single(ofDigit, probe => probe.Pinned).Id);
        Assert.Equal([7, 1], Assert.Single(ofGrid, probe => probe.Pinned).Labels!);
        Assert.Same(ofGrid[^1], (await lab.Probes.OfAsync(grid, CancellationToken.None))[^1]);
    }

    [Fact]
    public async Task Board_PinnedWhileWatching_TheNextFrameHasIt()
    {
        await using var lab = await new TestLab(_home).StartAsync();
        var id = (await lab.Runs.StartAsync(TestLab.Request(epochs: 1))).Id;
        await lab.WaitAsync(id, RunState.Completed);
        using var patience = new CancellationTokenSource(Limit.Time);
        await using var frames = lab.Board.WatchAsync(id, "v0", patience.Token).GetAsyncEnumerator();
        Assert.True(await frames.MoveNextAsync());
        Assert.Equal(12, frames.Current.Readings.Count);

        lab.Pinned.Add(s_seven);

        Assert.True(await frames.MoveNextAsync());
        Assert.Equal("p1", frames.Current.Readings[^1].Id);
    }

    private static async Task<ProbeFrame> FrameAsync(TestLab lab, string id, string attentionProbe)
    {
        using var patience = new CancellationTokenSource(Limit.Time);
        return await lab.Board.WatchAsync(id, attentionProbe, patience.Token).FirstAsync(patience.Token);
    }
}

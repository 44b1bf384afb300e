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
    public async Task Board_PinnedWhileWatching_TheNextFrameHasIt()
    {
        await using var lab = await new TestLab(_home).StartAsync();
        var id = (await lab.Runs.StartAsync(TestLab.Request(epochs: 1))).Id;
        await lab.WaitAsync(id, RunState.Completed);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await using var frames = lab.Board.WatchAsync(id, "v0", patience.Token).GetAsyncEnumerator();
        Assert.True(await frames.MoveNextAsync());
        Assert.Equal(12, frames.Current.Readings.Count);

        lab.Pinned.Add(s_seven);

        Assert.True(await frames.MoveNextAsync());
        Assert.Equal("p1", frames.Current.Readings[^1].Id);
    }
}

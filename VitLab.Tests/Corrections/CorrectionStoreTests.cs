using VitLab.Data;
using VitLab.Tests.Runs;
using VitLab.Tests.Support;
using VitLab.Vision;
using VitLab.Web.Corrections;
using VitLab.Web.Runs;

namespace VitLab.Tests.Corrections;

public sealed class CorrectionStoreTests : IDisposable
{
    private readonly TemporaryFolder _home = new();
    private readonly TestRunFiles _files = new();

    private string Path => _home.File("corrections", "corrections.jsonl");

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Add_ThenReopen_IsStillThereInTheDrawingsFormat()
    {
        var added = Open().Add(Digit(7), readAs: 1, weights: "single-digit");

        var again = Assert.Single(Open().List());
        Assert.Equal((added.Id, 7, 1, "single-digit", added.Date), (again.Id, again.Label, again.ReadAs, again.Weights, again.Date));
        var drawing = Assert.Single(DrawingFile.Read(Path));
        Assert.Equal([7], drawing.Label!);
        Assert.Equal(Digit(7).Strokes[0], drawing.Strokes[0]);
    }

    [Fact]
    public void Relabel_DeleteAndRestore_AreKeptAndTold()
    {
        var store = Open();
        var (first, second) = (store.Add(Digit(7)), store.Add(Digit(2)));
        var told = 0;
        using (store.OnChanged(() => told++))
        {
            Assert.Equal(3, store.Relabel(first.Id, 3).Label);
            Assert.Equal(second.Id, Assert.Single(store.Delete([second.Id, "no-such"])).Id);
            Assert.Equal([3], Open().List().Select(correction => correction.Label));
            store.Restore([second.Id]);
        }

        store.Add(Digit(9));
        Assert.Equal([3, 2, 9], Open().List().Select(correction => correction.Label));
        Assert.Equal(3, told);
    }

    [Fact]
    public void Change_OfWhatIsNotThere_SaysSo()
    {
        var store = Open();

        Assert.Contains("No correction is called 'c1'", Assert.Throws<RunNotFoundException>(() => store.Relabel("c1", 3)).Message, StringComparison.Ordinal);
        Assert.Throws<RunNotFoundException>(() => store.Restore(["c1"]));
        Assert.Equal("label", Assert.Throws<RunException>(() => store.Relabel(store.Add(Digit(1)).Id, 10)).Field);
    }

    [Fact]
    public void Add_NothingDrawnOrNoSingleLabel_IsRefused()
    {
        var store = Open();

        Assert.Equal("strokes", Assert.Throws<RunException>(() => store.Add(new Drawing(280, 280, []) { Label = [1] })).Field);
        Assert.Equal("label", Assert.Throws<RunException>(() => store.Add(Digit(1) with { Label = null })).Field);
        Assert.Equal("label", Assert.Throws<RunException>(() => store.Add(Digit(1) with { Label = [1, 2] })).Field);
        Assert.Equal("label", Assert.Throws<RunException>(() => store.Add(Digit(1) with { Label = [12] })).Field);
        Assert.Equal("readAs", Assert.Throws<RunException>(() => store.Add(Digit(1), readAs: 10)).Field);
        Assert.Equal("weights", Assert.Throws<RunException>(() => store.Add(Digit(1), 1, new string('w', 201))).Field);
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public void Add_BeyondTheLimit_TakesNoneOfThem()
    {
        var store = Open();
        store.AddAll([.. Enumerable.Repeat(new Correction("", Digit(1), default), CorrectionStore.Limit - 1)]);

        var refused = Assert.Throws<RunConflictException>(() => store.AddAll([new("", Digit(2), default), new("", Digit(3), default)]));

        Assert.Contains("2,000", refused.Message, StringComparison.Ordinal);
        Assert.Equal(CorrectionStore.Limit - 1, store.List().Count);
        store.Add(Digit(2));
        Assert.Equal(CorrectionStore.Limit, store.List().DistinctBy(correction => correction.Id).Count());
    }

    [Fact]
    public void Open_TornLastLine_LosesOnlyThatLine()
    {
        Open().Add(Digit(4));
        File.AppendAllText(Path, "{\"id\":\"c2\",\"label\":7,\"wid");

        Assert.Equal([4], Open().List().Select(correction => correction.Label));
        Assert.False(File.Exists(Path + ".broken"));
    }

    [Fact]
    public void Open_LinesThatAreNoCorrections_KeepsTheFileAsideAndTheRest()
    {
        Open().Add(Digit(4));
        File.AppendAllText(Path, "nonsense\n{\"id\":\"c2\",\"label\":[1,2],\"width\":280,\"height\":280,\"strokes\":[[1,1]]}\n");
        var whole = File.ReadAllText(Path);

        var store = Open();
        store.Add(Digit(5));

        Assert.Equal([4, 5], Open().List().Select(correction => correction.Label));
        Assert.Equal(whole, File.ReadAllText(Path + ".broken"));
    }

    [Fact]
    public void Open_FileThatCannotBeRead_ChangesNothingUntilItCan()
    {
        Open().Add(Digit(8));
        CorrectionStore store;
        using (new FileStream(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            store = Open();
            Assert.Contains("cannot be read", store.Trouble, StringComparison.Ordinal);
            Assert.Throws<IOException>(() => store.Add(Digit(1)));
        }

        store.Add(Digit(1));
        Assert.Null(store.Trouble);
        Assert.Equal([8, 1], Open().List().Select(correction => correction.Label));
    }

    [Fact]
    public void Change_OnAFullDisk_SaysSoAndLosesNothing()
    {
        var store = Open();
        var kept = store.Add(Digit(6));
        _files.IsFull = true;

        Assert.Contains("No space left", Assert.Throws<IOException>(() => store.Add(Digit(7))).Message, StringComparison.Ordinal);
        Assert.Throws<IOException>(() => store.Relabel(kept.Id, 8));
        Assert.Throws<IOException>(() => store.Delete([kept.Id]));
        Assert.Equal(6, Assert.Single(store.List()).Label);
        Assert.Equal(6, Assert.Single(Open().List()).Label);

        _files.IsFull = false;
        store.Add(Digit(7));
        Assert.Equal([6, 7], Open().List().Select(correction => correction.Label));
    }

    private static Drawing Digit(int digit) => PenDigits.Draw(digit, seed: 3) with { Label = [digit] };

    private CorrectionStore Open() => new(Path, _files, TimeProvider.System);
}

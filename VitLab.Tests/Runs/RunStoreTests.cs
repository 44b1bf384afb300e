using Microsoft.Extensions.Logging.Abstractions;
using VitLab.Experiments;
using VitLab.Tests.Support;
using VitLab.Web.Runs;
using VitLab.Web.Startup;

namespace VitLab.Tests.Runs;

public sealed class RunStoreTests : IDisposable
{
    private readonly TemporaryFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Create_ThenLoadAgain_ReadsTheSameRecord()
    {
        var made = Make(Store());

        var read = Store().Find(made.Id);

        Assert.Equal(made, read);
        Assert.Equal(12, Assert.IsType<SingleDigitOptions>(read!.Options).Depth);
        Assert.Matches("^[a-z]+-[a-z]+-1$", made.Id);
    }

    [Fact]
    public void Create_AfterAnother_CountsOn()
    {
        Make(Store());

        Assert.EndsWith("-2", Make(Store()).Id, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"id\": \"x\", ")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"id\":\"x\",\"experiment\":\"no-such\",\"preset\":\"d64\",\"options\":{},\"state\":\"Stopped\"}")]
    [InlineData("{\"id\":\"x\",\"experiment\":\"single-digit\",\"preset\":\"d64\",\"options\":{\"epochs\":-4},\"state\":\"Stopped\"}")]
    [InlineData("{\"id\":\"x\",\"experiment\":\"single-digit\",\"preset\":\"d64\",\"options\":{},\"state\":\"Dancing\"}")]
    public void List_BrokenRecord_IsLeftOutWithTheReasonAndUntouched(string content)
    {
        var good = Make(Store());
        Directory.CreateDirectory(_home.File("runs", "broken-one"));
        File.WriteAllText(_home.File("runs", "broken-one", "run.json"), content);

        var store = Store();

        Assert.Equal(good.Id, Assert.Single(store.List()).Id);
        Assert.StartsWith("run.json", Assert.Single(store.Unreadable()).Reason, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(_home.File("runs", "broken-one", "run.json")));
    }

    [Fact]
    public void List_FolderWithoutRecordOrWithAForeignName_IsUnreadable()
    {
        Directory.CreateDirectory(_home.File("runs", "empty"));
        Directory.CreateDirectory(_home.File("runs", "My Run!"));

        Assert.Equal(["My Run!", "empty"], Store().Unreadable().Select(run => run.Id));
    }

    [Fact]
    public void List_FolderCopiedByHandWhileItTrained_IsAStoppedRunOfItsOwn()
    {
        var store = Store();
        var made = Make(store);
        store.Update(made.Id, record => record with { State = RunState.Running });
        Directory.CreateDirectory(_home.File("runs", "my-copy"));
        File.Copy(_home.File("runs", made.Id, "run.json"), _home.File("runs", "my-copy", "run.json"));

        Assert.Equal(RunState.Stopped, Store().Find("my-copy")!.State);
        Assert.Equal(RunState.Running, Store().Find(made.Id)!.State);
    }

    [Fact]
    public void Update_FullDisk_KeepsTheOldFileAndWritesWithTheNextChange()
    {
        var files = new TestRunFiles();
        var store = Store(files);
        var id = Make(store).Id;

        files.IsFull = true;
        store.Update(id, record => record with { Note = "first" });
        Assert.Equal("first", store.Find(id)!.Note);
        Assert.Equal("", Store().Find(id)!.Note);

        files.IsFull = false;
        store.Update(id, record => record with { Step = 5 });
        Assert.Equal(("first", 5), (Store().Find(id)!.Note, Store().Find(id)!.Step));
    }

    [Fact]
    public void Create_FullDisk_ThrowsAndLeavesNothing()
    {
        Assert.Throws<IOException>(() => Make(Store(new TestRunFiles { IsFull = true })));

        Assert.Empty(Directory.GetDirectories(_home.File("runs")));
    }

    [Fact]
    public async Task Read_WhileAnotherWrites_NeverSeesHalfAFile()
    {
        var store = Store();
        var made = Make(store);
        var path = _home.File("runs", made.Id, "run.json");
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            while (!done.IsCancellationRequested) Assert.Equal(made.Id, RunFile.Read(path, made.Id).Id);
        })).ToList();

        for (var i = 0; i < 50; i++) store.Update(made.Id, record => record with { Note = new string('n', i * 100) });
        await done.CancelAsync();
        await Task.WhenAll(readers);
    }

    [Fact]
    public void MoveToTrash_ThenRestore_BringsItBack()
    {
        var store = Store();
        var made = Make(store);

        store.MoveToTrash(made.Id);
        Assert.Null(store.Find(made.Id));
        Assert.Equal(made.Id, Assert.Single(store.Deleted()).Id);

        Assert.Equal(made, store.Restore(made.Id));
        Assert.Empty(store.Deleted());
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData("/etc")]
    [InlineData(".trash")]
    [InlineData("-a")]
    [InlineData("A")]
    [InlineData("")]
    [InlineData("a\0b")]
    public void Folder_NameThatIsNoSlug_IsRefused(string id) => Assert.Throws<RunNotFoundException>(() => Store().Folder(id));

    [Theory]
    [InlineData("last", true)]
    [InlineData("best", true)]
    [InlineData("step-1200", true)]
    [InlineData("step-", false)]
    [InlineData("step-1/../../x", false)]
    [InlineData("origin", false)]
    [InlineData("../last", false)]
    public void IsCheckpointName_AnyText_KnowsItsThree(string name, bool expected) => Assert.Equal(expected, RunFolder.IsCheckpointName(name));

    private RunStore Store(RunFiles? files = null) => new(new LabFolders(_home.Path), files ?? new RunFiles(), TimeProvider.System, NullLogger<RunStore>.Instance);

    private static RunRecord Make(RunStore store) =>
        store.Create(id => new RunRecord(id, id, "single-digit", "d16", new SingleDigitOptions { Depth = 12 }, RunState.Queued, DateTimeOffset.UnixEpoch));
}

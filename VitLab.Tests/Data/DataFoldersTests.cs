using VitLab.Data;

namespace VitLab.Tests.Data;

public class DataFoldersTests
{
    [Fact]
    public void Default_WithHome_SearchesItBeforeTheNeighbours()
    {
        var folders = DataFolders.Default("some/home");

        Assert.Equal(Path.GetFullPath("some/home/data"), folders.Download);
        Assert.Contains(folders.Download, folders.Search);
        Assert.Equal([Path.GetFullPath("data"), Path.GetFullPath("../shared/data")], folders.Search.TakeLast(2));
    }

    [Fact]
    public void Find_SeveralFolders_TakesTheFirstComplete()
    {
        var folders = new DataFolders(["/a", "/b", "/c"], "/a");

        Assert.Equal(Path.Combine("/b", "mnist"), folders.Find("mnist", folder => !folder.StartsWith("/a", StringComparison.Ordinal)));
        Assert.Null(folders.Find("mnist", _ => false));
    }
}

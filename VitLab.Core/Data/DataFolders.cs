namespace VitLab.Data;

/// <summary>Where data is looked for, in order, and where downloads go.</summary>
/// <param name="Search">Each may hold a folder of a dataset, e.g. mnist/.</param>
/// <param name="Download">Made when it is needed.</param>
public sealed record DataFolders(IReadOnlyList<string> Search, string Download)
{
    /// <summary>
    /// $VITLAB_DATA, then data/ in <paramref name="home"/> ($VITLAB_HOME, else .vitlab), ./data and ../shared/data. Downloads go to the home's data/.
    /// </summary>
    public static DataFolders Default(string? home = null)
    {
        var chosen = home ?? Variable("VITLAB_HOME") ?? ".vitlab";
        var download = Path.GetFullPath(Path.Combine(chosen, "data"));
        string?[] search = [Variable("VITLAB_DATA"), download, "data", Path.Combine("..", "shared", "data")];
        return new DataFolders([.. search.OfType<string>().Select(Path.GetFullPath).Distinct()], download);
    }

    /// <summary>The first folder <paramref name="dataset"/>/ for which <paramref name="isComplete"/> holds; null when there is none.</summary>
    public string? Find(string dataset, Func<string, bool> isComplete) =>
        Search.Select(folder => Path.Combine(folder, dataset)).FirstOrDefault(isComplete);

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}

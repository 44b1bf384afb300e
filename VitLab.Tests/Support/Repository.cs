namespace VitLab.Tests.Support;

/// <summary>The checkout the tests were built from.</summary>
public static class Repository
{
    /// <summary>The folder that holds VitLab.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A path inside the checkout.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "VitLab.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No VitLab.sln above {AppContext.BaseDirectory}: the tests run from the build output of a checkout.");
    }
}

using System.Text.RegularExpressions;
using VitLab.Tests.Support;

namespace VitLab.Tests.Architecture;

/// <summary>The arrows between the folders of VitLab.Core, read from the sources: a ring fails here in seconds rather than in review.</summary>
public partial class ArchitectureTests
{
    // What a folder may name beside what those folders may name themselves. Kernels stay behind Torch.
    private static readonly Dictionary<string, string[]> s_arrows = new()
    {
        ["Kernels"] = [],
        ["Torch"] = [],
        ["Vision"] = [],
        ["Data"] = ["Vision"],
        ["Detection"] = ["Vision"],
        ["Models"] = ["Torch"],
        ["Insight"] = ["Torch", "Models"],
        ["Experiments"] = ["Data", "Detection", "Models", "Insight"],
        ["Training"] = ["Experiments"],
        ["Inference"] = ["Experiments", "Vision"],
    };

    public static TheoryData<string> Folders => new(s_arrows.Keys);

    [Theory]
    [MemberData(nameof(Folders))]
    public void CoreFolder_ItsSources_NameOnlyWhatTheArrowsAllow(string folder)
    {
        var allowed = Reachable(folder);
        if (folder == "Torch")
        {
            allowed.Add("Kernels");
        }

        Assert.Empty(NamesOutside(Repository.PathOf("VitLab.Core", folder), allowed));
    }

    [Fact]
    public void CoreFolders_OnDisk_AreTheOnesWithArrows()
    {
        var folders = Directory.GetDirectories(Repository.PathOf("VitLab.Core")).Select(Path.GetFileName).Where(name => name is not ("bin" or "obj"));

        Assert.Empty(folders.Except(s_arrows.Keys));
    }

    [Fact]
    public void Web_ItsSources_LeaveKernelsToTorch() =>
        Assert.Empty(NamesOutside(Repository.PathOf("VitLab.Web"), [.. s_arrows.Keys.Except(["Kernels"]), "Web"]));

    [Fact]
    public void Namespaces_EveryFile_FollowItsFolder()
    {
        var strays =
            from project in new[] { "VitLab.Core", "VitLab.Web", "VitLab.Tests" }
            from file in Sources(Repository.PathOf(project))
            let declared = NamespaceDeclaration().Match(File.ReadAllText(file)).Groups[1].Value
            let folder = Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.')
            let expected = folder.Replace("VitLab.Core", "VitLab", StringComparison.Ordinal)
            where declared.Length > 0 && declared != expected && !IsDialect(declared, expected)
            select $"{Path.GetRelativePath(Repository.Root, file)} declares {declared}, its folder says {expected}";

        Assert.Empty(strays);
    }

    // Torch/ follows TorchSharp's nesting instead (torch.nn, Modules), whatever its subfolder.
    private static bool IsDialect(string declared, string expected) =>
        expected.StartsWith("VitLab.Torch", StringComparison.Ordinal) && declared.StartsWith("VitLab.Torch", StringComparison.Ordinal);

    private static HashSet<string> Reachable(string folder)
    {
        HashSet<string> reached = [folder];
        foreach (var next in s_arrows[folder])
        {
            reached.UnionWith(Reachable(next));
        }

        return reached;
    }

    private static IEnumerable<string> NamesOutside(string folder, HashSet<string> allowed) =>
        from file in Sources(folder)
        from Match match in LabName().Matches(File.ReadAllText(file))
        let name = match.Groups[1].Value
        where (s_arrows.ContainsKey(name) || name is "Web" or "Tests") && !allowed.Contains(name)
        select $"{Path.GetRelativePath(Repository.Root, file)} names VitLab.{name}";

    private static IEnumerable<string> Sources(string folder) =>
        from file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        let parts = Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar)
        where file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal)
        where !parts.Contains("bin") && !parts.Contains("obj") && !parts.Contains("node_modules")
        select file;

    [GeneratedRegex(@"\bVitLab\.([A-Z]\w+)")]
    private static partial Regex LabName();

    [GeneratedRegex(@"^\s*namespace\s+([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespaceDeclaration();
}

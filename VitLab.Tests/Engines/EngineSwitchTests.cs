using System.Text.Json;
using VitLab.Tests.Dialect;
using VitLab.Tests.Support;

namespace VitLab.Tests.Engines;

/// <summary>The switch selects exactly the right sources and packages, and refuses what it does not know.</summary>
public class EngineSwitchTests
{
    [Fact]
    public async Task Packages_ByDefault_HaveNoTorchSharpAnywhere()
    {
        var packages = await MSBuild.PackagesAsync("VitLab.Tests", []);

        Assert.Equal(["VitLab.Core", "VitLab.Tests", "VitLab.Web"], packages.Select(project => project.Key).Order());
        Assert.DoesNotContain(packages.SelectMany(project => project), IsTorch);
        Assert.Equal(["System.Numerics.Tensors 10.0.15"], Plain(packages["VitLab.Core"]));
    }

    [Theory]
    [InlineData("cpu", "cpu")]
    [InlineData("cuda-linux", "cuda-linux")]
    [InlineData("cuda-windows", "cuda-windows")]
    [InlineData("", "cpu")]
    public async Task Packages_OfTorchSharp_AreTheOneBackendOfTheSameVersion(string asked, string backend)
    {
        string[] properties = ["-p:VitLabEngine=TorchSharp", .. asked.Length > 0 ? [$"-p:VitLabTorchBackend={asked}"] : Array.Empty<string>()];

        var packages = await MSBuild.PackagesAsync("VitLab.Tests", properties);

        Assert.Equal(["TorchSharp 0.107.0", $"TorchSharp-{backend} 0.107.0"], Plain(packages["VitLab.Core"]));
        Assert.DoesNotContain(packages["VitLab.Web"].Concat(packages["VitLab.Tests"]), IsTorch);
    }

    [Fact]
    public void Packages_RestoredForThisBuild_AreItsEnginesOwn()
    {
        using var assets = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("VitLab.Tests", "obj", "project.assets.json")));

        Assert.Equal(Engine.Root == "TorchSharp", assets.RootElement.GetProperty("libraries").EnumerateObject().Any(library => IsTorch(library.Name)));
    }

    [Fact]
    public async Task Sources_OfManaged_AreAllButTheOtherEnginesTests()
    {
        var (core, tests) = (await Sources("VitLab.Core", "Managed"), await Sources("VitLab.Tests", "Managed"));

        Assert.Equal(SourcesOnDisk("VitLab.Core"), core);
        Assert.Equal(SourcesOnDisk("VitLab.Tests").Where(file => !file.StartsWith("Dialect/TorchSharp/", StringComparison.Ordinal)), tests);
    }

    [Fact]
    public async Task Sources_OfTorchSharp_LeaveOutTheManagedEngineAndItsTests()
    {
        var (core, tests) = (await Sources("VitLab.Core", "TorchSharp"), await Sources("VitLab.Tests", "TorchSharp"));

        Assert.Equal(SourcesOnDisk("VitLab.Core").Where(file => !IsIn(file, "Torch", "Kernels")), core);
        Assert.Equal(SourcesOnDisk("VitLab.Tests").Where(file => !IsIn(file, "Torch", "Kernels", "Dialect/Managed")), tests);
    }

    [Theory]
    [InlineData("Managed", "VitLab.Torch")]
    [InlineData("TorchSharp", "TorchSharp")]
    public async Task Usings_OfEachEngine_NameItsDialect(string engine, string root)
    {
        foreach (var project in new[] { "VitLab.Core", "VitLab.Tests" })
        {
            var usings = await MSBuild.ItemsAsync(project, engine, "Using");

            Assert.Equal([root, $"{root}.Modules", $"{root}.torch", $"{root}.torch.nn"], usings.Where(name => name.Contains("Torch", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData("VitLabEngine is 'Torch'; it must be Managed (the default) or TorchSharp.", "-p:VitLabEngine=Torch")]
    [InlineData("VitLabTorchBackend is 'rocm'; it must be cpu (the default), cuda-linux or cuda-windows.", "-p:VitLabEngine=TorchSharp", "-p:VitLabTorchBackend=rocm")]
    [InlineData("VitLabTorchBackend is 'cuda-linux', but VitLabEngine is Managed", "-p:VitLabTorchBackend=cuda-linux")]
    public async Task Switch_UnknownValue_IsRefusedBeforeTheRestore(string error, params string[] properties)
    {
        var run = await MSBuild.RunAsync("VitLab.Web", ["-t:Restore", .. properties]);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(error, run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("NU1101", run.Output, StringComparison.Ordinal);
    }

    private static bool IsTorch(string package) =>
        package.StartsWith("TorchSharp", StringComparison.OrdinalIgnoreCase) || package.StartsWith("libtorch", StringComparison.OrdinalIgnoreCase);

    // "[0.107.0, )" is "0.107.0 or newer", of which NuGet takes the oldest.
    private static IEnumerable<string> Plain(IEnumerable<string> packages) => packages.Select(package => package.Replace("[", "", StringComparison.Ordinal).Replace(", )", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static async Task<IEnumerable<string>> Sources(string project, string engine) =>
        (await MSBuild.ItemsAsync(project, engine, "Compile")).Where(file => !file.StartsWith("obj/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static IEnumerable<string> SourcesOnDisk(string project) =>
        Directory.EnumerateFiles(Repository.PathOf(project), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.PathOf(project), file).Replace('\\', '/'))
            .Where(file => !IsIn(file, "bin", "obj")).Order(StringComparer.Ordinal);

    private static bool IsIn(string file, params string[] folders) => folders.Any(folder => file.StartsWith($"{folder}/", StringComparison.Ordinal));
}

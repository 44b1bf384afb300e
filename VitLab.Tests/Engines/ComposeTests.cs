using System.Text.RegularExpressions;
using VitLab.Tests.Support;

namespace VitLab.Tests.Engines;

/// <summary>The compose files say what they mean, and the build arguments reach the build.</summary>
public partial class ComposeTests
{
    private static readonly Dictionary<string, object?> s_plain = Yaml.Parse(File.ReadAllText(Repository.PathOf("docker-compose.yml")));

    private static readonly Dictionary<string, object?> s_gpu = Yaml.Merge(s_plain, Yaml.Parse(File.ReadAllText(Repository.PathOf("docker-compose.gpu.yml"))));

    private static readonly string[] s_dockerfile = File.ReadAllLines(Repository.PathOf("Dockerfile"));

    [Fact]
    public void Plain_ItsService_BuildsTheManagedEngineAndKeepsItsStateInAVolume()
    {
        Assert.Equal(".", Yaml.At(s_plain, "services/vitlab/build/context"));
        Assert.Null(Yaml.At(s_plain, "services/vitlab/build/args"));
        Assert.Null(Yaml.At(s_plain, "services/vitlab/deploy"));
        Assert.Equal(["5080:5080"], Words(Yaml.At(s_plain, "services/vitlab/ports")));
        Assert.Equal(["lab:/data"], Words(Yaml.At(s_plain, "services/vitlab/volumes")));
        Assert.True(((Dictionary<string, object?>)s_plain["volumes"]!).ContainsKey("lab"));
    }

    [Fact]
    public void Gpu_OverThePlainFile_ReservesTheGpuAndKeepsTheRest()
    {
        var device = Assert.IsType<Dictionary<string, object?>>(Assert.Single((List<object?>)Yaml.At(s_gpu, "services/vitlab/deploy/resources/reservations/devices")!));

        Assert.Equal("nvidia", device["driver"]);
        Assert.Equal(["gpu"], Words(device["capabilities"]));
        Assert.Equal(".", Yaml.At(s_gpu, "services/vitlab/build/context"));
        Assert.Equal(["lab:/data"], Words(Yaml.At(s_gpu, "services/vitlab/volumes")));
        Assert.NotEqual(Yaml.At(s_plain, "services/vitlab/image"), Yaml.At(s_gpu, "services/vitlab/image"));
    }

    [Fact]
    public void Gpu_ItsBuildArguments_AreDeclaredBeforeThePackagesAreRestored()
    {
        var restored = Array.FindIndex(s_dockerfile, line => line.StartsWith("RUN dotnet restore", StringComparison.Ordinal));
        var stage = Array.FindLastIndex(s_dockerfile, restored, line => line.StartsWith("FROM ", StringComparison.Ordinal));
        var declared = s_dockerfile[stage..restored].Select(line => ArgumentLine().Match(line).Groups[1].Value);

        Assert.All(Arguments(s_gpu).Keys, name => Assert.Contains(name, declared));
    }

    [Fact]
    public void Dockerfile_Defaults_AreTheManagedEngine() =>
        Assert.Equal(["ARG VitLabEngine=Managed", "ARG VitLabTorchBackend="], s_dockerfile.Where(line => line.StartsWith("ARG VitLab", StringComparison.Ordinal)));

    // What the projects import by a relative path must lie in the image before the restore reads them.
    [Fact]
    public void Dockerfile_BeforeTheRestore_HasWhatTheProjectsImport()
    {
        var copied = string.Join(' ', s_dockerfile.TakeWhile(line => !line.StartsWith("RUN dotnet restore", StringComparison.Ordinal)).Where(line => line.StartsWith("COPY ", StringComparison.Ordinal)));

        Assert.All(["global.json", "Directory.Build.props", "Directory.Packages.props", "Engine.targets", "VitLab.Core/VitLab.Core.csproj", "VitLab.Web/*.targets"], file => Assert.Contains(file, copied, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Gpu_ItsBuildArgumentsInTheEnvironment_SelectTheCudaPackage()
    {
        var packages = await MSBuild.PackagesAsync("VitLab.Web", [], Arguments(s_gpu));

        Assert.Contains(packages["VitLab.Core"], package => package.StartsWith("TorchSharp-cuda-linux ", StringComparison.Ordinal));
    }

    // As the Dockerfile's own defaults reach it: the backend declared, but empty.
    [Fact]
    public async Task Plain_EmptyBackendInTheEnvironment_IsTheManagedEngine()
    {
        var packages = await MSBuild.PackagesAsync("VitLab.Web", [], new Dictionary<string, string> { ["VitLabEngine"] = "Managed", ["VitLabTorchBackend"] = "" });

        Assert.DoesNotContain(packages.SelectMany(project => project), package => package.StartsWith("TorchSharp", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("services:\n  a: {b: c}")]
    [InlineData("services:\n  lonely")]
    [InlineData("services:\n    a: 1\n  b: 2")]
    public void Yaml_WhatItDoesNotRead_IsAnError(string text) => Assert.Throws<FormatException>(() => Yaml.Parse(text));

    private static IEnumerable<string> Words(object? list) => ((List<object?>)list!).Cast<string>();

    private static Dictionary<string, string> Arguments(Dictionary<string, object?> compose) =>
        ((Dictionary<string, object?>)Yaml.At(compose, "services/vitlab/build/args")!).ToDictionary(argument => argument.Key, argument => (string)argument.Value!);

    [GeneratedRegex(@"^ARG (\w+)")]
    private static partial Regex ArgumentLine();
}

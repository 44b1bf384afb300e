using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using VitLab.Tests.Support;

namespace VitLab.Tests.Engines;

/// <summary>What MSBuild makes of a project under given properties, without building or restoring it.</summary>
internal sealed record MSBuild(int ExitCode, string Output)
{
    // An evaluation takes seconds and gives the same each time.
    private static readonly ConcurrentDictionary<(string Project, string Engine), Lazy<Task<JsonElement>>> s_items = [];

    /// <summary>Asks MSBuild about a project of the checkout. Properties are given on the command line, or, as Docker gives its build arguments, by the environment.</summary>
    public static async Task<MSBuild> RunAsync(string project, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet", ["msbuild", Repository.PathOf(project, $"{project}.csproj"), "-nologo", "-nodeReuse:false", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("VitLab", StringComparison.OrdinalIgnoreCase) || name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(3));
        return new MSBuild(process.ExitCode, await output + await error);
    }

    /// <summary>The packages each project would restore, "NAME [VERSION, )", of the project and all it references.</summary>
    public static async Task<ILookup<string, string>> PackagesAsync(string project, IEnumerable<string> properties, IReadOnlyDictionary<string, string>? environment = null)
    {
        using var folder = new TemporaryFolder();
        var graph = Path.Combine(folder.Path, "graph.json");
        var run = await RunAsync(project, ["-t:GenerateRestoreGraphFile", $"-p:RestoreGraphOutputPath={graph}", .. properties], environment);
        Assert.True(run.ExitCode == 0, run.Output);

        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(graph));
        var packages =
            from each in json.RootElement.GetProperty("projects").EnumerateObject()
            from framework in each.Value.GetProperty("frameworks").EnumerateObject()
            where framework.Value.TryGetProperty("dependencies", out _)
            from dependency in framework.Value.GetProperty("dependencies").EnumerateObject()
            select (Project: Path.GetFileNameWithoutExtension(each.Name), Package: $"{dependency.Name} {dependency.Value.GetProperty("version").GetString()}");
        return packages.ToLookup(pair => pair.Project, pair => pair.Package);
    }

    /// <summary>The sources ("Compile") or usings ("Using") of a project under one engine, as the project writes them.</summary>
    public static async Task<IReadOnlyList<string>> ItemsAsync(string project, string engine, string item)
    {
        var json = await s_items.GetOrAdd((project, engine), key => new Lazy<Task<JsonElement>>(() => EvaluateAsync(key.Project, key.Engine))).Value;
        return [.. json.GetProperty("Items").GetProperty(item).EnumerateArray().Select(entry => entry.GetProperty("Identity").GetString()!.Replace('\\', '/'))];
    }

    private static async Task<JsonElement> EvaluateAsync(string project, string engine)
    {
        var run = await RunAsync(project, ["-getItem:Compile,Using", $"-p:VitLabEngine={engine}"]);
        Assert.True(run.ExitCode == 0, run.Output);
        return JsonElement.Parse(run.Output);
    }
}

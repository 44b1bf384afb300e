using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace VitLab.Tests.Support;

/// <summary>
/// The built VitLab.Web in a process of its own, started as the README starts it (Production, from the project's folder), on a free port
/// and with its own lab folder. Data are the built-in pen digits, a few thousand of them, unless <c>VITLAB_DATA</c> is given.
/// </summary>
public sealed partial class LabServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LabServer(Process process, string home)
    {
        (_process, Home) = (process, home);
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.Exited += (_, _) => _listening.TrySetException(new InvalidOperationException($"The server ended before it listened:\n{Output}"));
    }

    public string Home { get; }

    public Uri Address => Client.BaseAddress!;

    public HttpClient Client { get; } = new() { Timeout = Limit.Time };

    public int ProcessId => _process.Id;

    /// <summary>Everything the server wrote so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Path of the built program.</summary>
    public static string Program { get; } = Path.Combine(
        Repository.PathOf("VitLab.Web"), Path.GetRelativePath(Repository.PathOf("VitLab.Tests"), AppContext.BaseDirectory), "VitLab.Web");

    /// <summary>Starts a server over <paramref name="home"/> and waits until it listens.</summary>
    public static async Task<LabServer> StartAsync(string home, IReadOnlyDictionary<string, string>? environment = null)
    {
        var server = new LabServer(new Process { StartInfo = StartInfo(home, "http://127.0.0.1:0", environment), EnableRaisingEvents = true }, home);
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        server.Client.BaseAddress = await server._listening.Task.WaitAsync(Limit.Time);
        return server;
    }

    /// <summary>How to start the program with this lab folder; output is redirected.</summary>
    public static ProcessStartInfo StartInfo(string home, string urls, IReadOnlyDictionary<string, string>? environment = null, params string[] arguments)
    {
        var start = new ProcessStartInfo(Program, arguments)
        {
            WorkingDirectory = Repository.PathOf("VitLab.Web"),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["ASPNETCORE_URLS"] = urls;
        start.Environment["VITLAB_HOME"] = home;
        start.Environment["VITLAB_DATA"] = Path.Combine(home, "no-data");
        start.Environment["Data__PenTraining"] = "3000";      // all 38,000 of them take two cores two seconds, at each start that trains
        start.Environment["Data__PenValidation"] = "500";
        start.Environment["Data__PenTest"] = "500";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return start;
    }

    public async Task<JsonElement> GetAsync(string path) => await Client.GetFromJsonAsync<JsonElement>(path);

    /// <summary>Posts a JSON body; an error answer fails the test with its text.</summary>
    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using var answer = await Client.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"POST {path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>SIGKILL: the server gets no chance to save anything.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a container stops it; returns the exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var signal = Process.Start("kill", ["-TERM", $"{ProcessId}"]);
        await _process.WaitForExitAsync().WaitAsync(Limit.Time);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
        Client.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (ListeningLine().Match(line) is { Success: true } match)
        {
            _listening.TrySetResult(new Uri(match.Groups[1].Value));
        }
    }

    [GeneratedRegex(@"(http://127\.0\.0\.1:\d+)")]
    private static partial Regex ListeningLine();
}

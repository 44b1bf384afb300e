using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VitLab.Tests.Runs;
using VitLab.Tests.Support;
using VitLab.Web.Runs;
using VitLab.Web.Startup;

namespace VitLab.Tests.Api;

/// <summary>The whole web application in this process, on a free port, over tiny data.</summary>
public sealed class TestServer : IAsyncLifetime
{
    private readonly TemporaryFolder _home = new();
    private WebApplication? _app;

    public HttpClient Client { get; } = new();

    public Uri Address => Client.BaseAddress!;

    public RunService Runs => _app!.Services.GetRequiredService<RunService>();

    public async ValueTask InitializeAsync()
    {
        _app = WebApp.Build([$"--VITLAB_HOME={_home.Path}", "--urls=http://127.0.0.1:0"], builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<LabData>(new TinyData());
        });
        await _app.StartAsync();
        Client.BaseAddress = new Uri(_app.Urls.First());
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.DisposeAsync();
        Client.Dispose();
        _home.Dispose();
    }

    public Task<JsonElement> GetAsync(string path) => Client.GetFromJsonAsync<JsonElement>(path);

    public Task<HttpResponseMessage> PostAsync(string path, string json) => Client.PostAsync(path, new StringContent(json, Encoding.UTF8, "application/json"));

    public static async Task<JsonElement> JsonOf(HttpResponseMessage answer) => JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());

    /// <summary>Starts a small run and waits for its end.</summary>
    public async Task<string> TrainAsync(int epochs = 1, string experiment = "single-digit")
    {
        var run = await Runs.StartAsync(TestLab.Request(experiment, epochs: epochs));
        await foreach (var _ in Runs.WatchAsync(run.Id, 0, TestContext.Current.CancellationToken))
        {
        }

        return run.Id;
    }
}

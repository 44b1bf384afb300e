using System.Collections.Concurrent;
using Microsoft.Playwright;
using VitLab.Tests.Support;

namespace VitLab.Tests.Browser;

/// <summary>
/// Opens pages of a real lab in a real browser. Whatever a test looks at, its pages must also be quiet: no console error, no script
/// exception, no failed request, and no request to another origin; that is checked when the test ends.
/// </summary>
[Collection(BrowserCollection.Name)]
public abstract class BrowserTest(BrowserFixture fixture, LabFixture lab) : IClassFixture<LabFixture>, IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _complaints = [];
    private readonly List<IBrowserContext> _contexts = [];
    private string? _missing;

    protected Task<LabServer> ServerAsync() => lab.ServerAsync();

    /// <summary>Kills the server, once no page looks on any more, and starts another over the same lab folder.</summary>
    protected async Task<LabServer> RestartServerAsync()
    {
        foreach (var context in _contexts)
        {
            await context.DisposeAsync();
        }

        _contexts.Clear();
        return await lab.RestartAsync();
    }

    /// <summary>A fresh browser profile at <paramref name="path"/>, loaded and with a live circuit.</summary>
    protected async Task<IPage> OpenAsync(string path, BrowserNewContextOptions? options = null)
    {
        var browser = fixture.Browser;
        var server = await ServerAsync();
        options ??= new BrowserNewContextOptions();
        options.BaseURL = server.Address.ToString();
        var context = await browser.NewContextAsync(options);
        _contexts.Add(context);
        context.SetDefaultTimeout(BrowserFixture.Patience);
        return await OpenInAsync(context, path);
    }

    /// <summary>Opens an address that is not there; its 404 is no complaint.</summary>
    protected Task<IPage> OpenMissingAsync(string path)
    {
        _missing = path;
        return OpenAsync(path);
    }

    /// <summary>Another tab of the same profile.</summary>
    protected async Task<IPage> OpenInAsync(IBrowserContext context, string path)
    {
        var page = await context.NewPageAsync();
        Listen(page, (await ServerAsync()).Address);
        await page.GotoAsync(path);
        await page.WaitForLoadStateAsync(LoadState.Load);
        return page;
    }

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var context in _contexts)
        {
            await context.DisposeAsync();
        }

        GC.SuppressFinalize(this);
        Assert.True(_complaints.IsEmpty, "The pages were not quiet:\n" + string.Join("\n", _complaints));
    }

    private void Complain(string complaint)
    {
        if (_missing is null || !complaint.Contains("404", StringComparison.Ordinal) || !complaint.Contains(_missing, StringComparison.Ordinal))
        {
            _complaints.Enqueue(complaint);
        }
    }

    private void Listen(IPage page, Uri origin)
    {
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                Complain($"console: {message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => Complain($"exception: {error}");
        page.Response += (_, response) =>
        {
            if (response.Status >= 400)
            {
                Complain($"{response.Status} for {response.Url}");
            }
        };
        page.Request += (_, request) =>
        {
            var url = new Uri(request.Url);
            if (url.Scheme is "http" or "https" && url.Authority != origin.Authority)
            {
                Complain($"request to another origin: {request.Url}");
            }
        };
        page.WebSocket += (_, socket) =>
        {
            if (new Uri(socket.Url).Authority != origin.Authority)
            {
                Complain($"socket to another origin: {socket.Url}");
            }
        };
    }
}

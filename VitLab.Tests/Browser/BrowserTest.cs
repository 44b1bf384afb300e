using System.Collections.Concurrent;
using Microsoft.Playwright;
using VitLab.Tests.Support;

namespace VitLab.Tests.Browser;

/// <summary>
/// Opens pages of a real lab in a real browser. Whatever a test looks at, its pages must also be quiet: no console error, no script
/// exception, no failed request, and no request to another origin; that is checked when the test ends. A test that fails says what its pages did.
/// </summary>
[Collection(BrowserCollection.Name)]
public abstract class BrowserTest(BrowserFixture fixture, LabFixture lab) : IClassFixture<LabFixture>, IAsyncLifetime
{
    private readonly ConcurrentQueue<PageJournal> _journals = [];
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
        _journals.Enqueue(new PageJournal(page, (await ServerAsync()).Address, _missing));
        await page.GotoAsync(path);
        await page.WaitForLoadStateAsync(LoadState.Load);
        return page;
    }

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (TestContext.Current.TestState?.Result == TestResult.Failed)
        {
            foreach (var journal in _journals) TestContext.Current.TestOutputHelper?.WriteLine(await journal.TellAsync());
        }

        foreach (var context in _contexts)
        {
            await context.DisposeAsync();
        }

        GC.SuppressFinalize(this);
        var complaints = _journals.SelectMany(journal => journal.Complaints).ToList();
        Assert.True(complaints.Count == 0, "The pages were not quiet:\n" + string.Join("\n", complaints));
    }
}

using Microsoft.Playwright;
using VitLab.Tests.Support;

namespace VitLab.Tests.Browser;

/// <summary>One Chromium for all browser tests: the one <c>./test</c> found, or the first on the PATH. Without one the tests are skipped, and fail when CI is true.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    /// <summary>Milliseconds a page may take for anything: a limit, not a wait, because a machine that also trains and tests is slow now and then.</summary>
    public const float Patience = 1000f * Limit.Seconds;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>A fresh lab for the tests that leave it as they find it.</summary>
    public LabFixture Untouched { get; } = new();

    public IBrowser Browser
    {
        get
        {
            if (_browser is null)
            {
                const string reason = "No Chromium found: install it (Debian: apt-get install chromium) or set CHROMIUM to its path.";
                Assert.False(Environment.GetEnvironmentVariable("CI") == "true", reason);
                Assert.Skip(reason);
            }

            return _browser;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (FindChromium() is not { } chromium)
        {
            return;
        }

        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = chromium,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        await Untouched.DisposeAsync();
    }

    private static string? FindChromium()
    {
        var named = Environment.GetEnvironmentVariable("CHROMIUM");
        if (!string.IsNullOrEmpty(named))
        {
            return named;
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return s_names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }
}

/// <summary>Browser tests share the browser and run one after another: two cores carry one training and one page well, not four.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<BrowserFixture>
{
    public const string Name = "Browser";
}

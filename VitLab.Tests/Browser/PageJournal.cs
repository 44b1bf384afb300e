using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Playwright;

namespace VitLab.Tests.Browser;

/// <summary>What a page did while a test looked at it: what it must not do, and what a person would want to know when the test fails.</summary>
internal sealed class PageJournal
{
    private readonly long _opened = Stopwatch.GetTimestamp();
    private readonly IPage _page;
    private readonly ConcurrentQueue<string> _complaints = [];
    private readonly ConcurrentQueue<string> _events = [];
    private readonly ConcurrentDictionary<IRequest, TimeSpan> _waiting = [];

    /// <param name="origin">The only place the page may ask.</param>
    /// <param name="missing">An address whose 404 is expected; null when there is none.</param>
    public PageJournal(IPage page, Uri origin, string? missing)
    {
        _page = page;
        page.Console += (_, message) => Note($"console {message.Type}: {message.Text} ({message.Location})", bad: message.Type == "error" && !IsExpected(message.Text + message.Location));
        page.PageError += (_, error) => Note($"exception: {error}", bad: true);
        page.Response += (_, response) => Note($"{response.Status} for {response.Url}", bad: response.Status >= 400 && !IsExpected($"{response.Status} {response.Url}"));
        page.FrameNavigated += (_, frame) => Note($"shows {frame.Url}");
        page.Request += (_, request) => _waiting[request] = Age;
        page.Request += (_, request) =>
        {
            var url = new Uri(request.Url);
            if (url.Scheme is "http" or "https" && url.Authority != origin.Authority) Note($"request to another origin: {request.Url}", bad: true);
        };
        page.RequestFinished += (_, request) => _waiting.TryRemove(request, out TimeSpan _);
        page.RequestFailed += (_, request) =>
        {
            _waiting.TryRemove(request, out TimeSpan _);
            Note($"{request.Method} {request.Url} failed: {request.Failure}");
        };
        page.WebSocket += (_, socket) =>
        {
            Note($"socket to {socket.Url}", bad: new Uri(socket.Url).Authority != origin.Authority);
            socket.Close += (_, _) => Note($"socket to {socket.Url} closed");
        };

        bool IsExpected(string text) => missing is not null && text.Contains("404", StringComparison.Ordinal) && text.Contains(missing, StringComparison.Ordinal);
    }

    public IEnumerable<string> Complaints => _complaints;

    private TimeSpan Age => Stopwatch.GetElapsedTime(_opened);

    /// <summary>The newest events, the requests that wait for an answer, and what is on the page, for people who cannot look.</summary>
    public async Task<string> TellAsync() => string.Join(
        "\n",
        [
            $"== {_page.Url} after {Age.TotalSeconds:F1} s",
            .. _events.TakeLast(40),
            .. _waiting.Select(pair => $"waiting since {pair.Value.TotalSeconds:F1} s: {pair.Key.Method} {pair.Key.Url}"),
            await SeenAsync(),
        ]);

    private async Task<string> SeenAsync()
    {
        try
        {
            return await _page.Locator("body").AriaSnapshotAsync(new() { Timeout = 5_000 });
        }
        catch (Exception e) when (e is PlaywrightException or TimeoutException)
        {
            return $"The page cannot be read: {e.Message}";
        }
    }

    private void Note(string what, bool bad = false)
    {
        _events.Enqueue($"{Age.TotalSeconds:F1} s: {what}");
        if (bad) _complaints.Enqueue(what);
    }
}

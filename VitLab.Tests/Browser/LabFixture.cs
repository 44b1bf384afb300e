using VitLab.Tests.Support;

namespace VitLab.Tests.Browser;

/// <summary>A lab of its own for the tests of one class, started on first use so that skipped tests cost nothing.</summary>
public sealed class LabFixture : IAsyncDisposable
{
    private readonly TemporaryFolder _home = new();
    private LabServer? _server;

    public async Task<LabServer> ServerAsync() => _server ??= await LabServer.StartAsync(_home.Path);

    /// <summary>Kills the server and starts another over the folder it left.</summary>
    public async Task<LabServer> RestartAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        return _server = await LabServer.StartAsync(_home.Path);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _home.Dispose();
    }
}

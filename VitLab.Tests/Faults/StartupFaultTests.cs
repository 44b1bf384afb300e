using System.Net;
using System.Net.Sockets;
using VitLab.Tests.Support;

namespace VitLab.Tests.Faults;

/// <summary>What stands in the way of starting is said in one line.</summary>
[Collection(FaultCollection.Name)]
public sealed class StartupFaultTests : IDisposable
{
    private readonly TemporaryFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task OccupiedPort_Serve_EndsWithOneLineThatNamesIt()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var command = await LabCommand.RunAsync(_home.Path, new Dictionary<string, string> { ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}" });

        command.AssertRefused($"{port}");
    }

    [Fact]
    public async Task HomeIsAFile_Serve_EndsWithOneLineThatNamesIt()
    {
        var file = _home.File("not-a-folder");
        await File.WriteAllTextAsync(file, "");

        var command = await LabCommand.RunAsync(file, null);

        command.AssertRefused(file);
    }
}

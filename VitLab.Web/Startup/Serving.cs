using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using VitLab.Models;

namespace VitLab.Web.Startup;

/// <summary>Runs the web application until it is told to stop.</summary>
public static class Serving
{
    /// <param name="ct">Stops it, as Ctrl+C and SIGTERM do through the command line.</param>
    /// <returns>0, or 1 when the address cannot be used (one line on <paramref name="error"/> says why).</returns>
    public static async Task<int> RunAsync(Func<WebApplication> build, TextWriter output, TextWriter error, CancellationToken ct)
    {
        await using var app = build();
        app.Services.GetRequiredService<LabFolders>().Require();
        try
        {
            await app.StartAsync(ct);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            await error.WriteLineAsync($"{Addresses(app)} is in use by another program. Choose another with --urls, for example --urls http://localhost:5081.");
            return 1;
        }
        catch (Exception e) when (e is IOException or SocketException or InvalidOperationException or FormatException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"Cannot listen on {Addresses(app)}: {e.Message} Choose another address with --urls, for example --urls http://localhost:5081.");
            return 1;
        }

        if (Hardware.This.Notice is { } notice)
        {
            await output.WriteLineAsync(notice);
        }

        await output.WriteLineAsync($"VitLab is at {Addresses(app)} (Ctrl+C stops it). Runs and data are in {app.Services.GetRequiredService<LabFolders>().Home}.");
        await app.WaitForShutdownAsync(ct);
        return 0;
    }

    private static string Addresses(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses is { Count: > 0 } addresses ? string.Join(", ", addresses)
            : app.Configuration["urls"] ?? WebApp.DefaultAddress;
}

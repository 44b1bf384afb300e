using System.CommandLine;
using VitLab.Web.Startup;

namespace VitLab.Web.Cli;

/// <summary>serve: the lab in the browser, and what happens without a verb.</summary>
internal static class ServeCommand
{
    private static readonly string[] s_everyones = ["--help", "-h", "-?", "/?", "/h", "--version"];

    /// <summary>True when host settings (<c>--urls …</c>) stand where a verb would.</summary>
    public static bool IsMeant(string[] args) => args.Length > 0 && args[0].StartsWith('-') && !s_everyones.Contains(args[0]);

    public static Command Create(CliConsole console)
    {
        var urls = new Option<string>("--urls") { Description = $"Addresses to listen on, separated by semicolons ({WebApp.DefaultAddress}; also VITLAB_URLS or ASPNETCORE_URLS)." };
        var command = new Command("serve", "Serves the lab in the browser. Other --key value settings of ASP.NET Core are passed on.") { urls };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, ct) => CommandLine.GuardAsync(console, () =>
        {
            string[] settings = [.. parsed.UnmatchedTokens, .. parsed.GetValue(urls) is { } address ? ["--urls", address] : Array.Empty<string>()];
            return ServeAsync(settings, console, ct);
        }));
        return command;
    }

    public static Task<int> ServeAsync(string[] settings, CliConsole console, CancellationToken ct) =>
        Serving.RunAsync(() => WebApp.Build(settings), console.Out, console.Error, ct);
}

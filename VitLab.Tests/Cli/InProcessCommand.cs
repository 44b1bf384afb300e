using Microsoft.Extensions.DependencyInjection;
using VitLab.Tests.Runs;
using VitLab.Tests.Support;
using VitLab.Web.Cli;
using VitLab.Web.Runs;
using VitLab.Web.Startup;

namespace VitLab.Tests.Cli;

/// <summary>The command line in this process, over a lab folder of its own and a few made-up digits.</summary>
internal static class InProcessCommand
{
    public static async Task<(int Code, string Output, string Error)> RunAsync(TemporaryFolder home, string[] arguments, bool terminal = false, LabData? data = null)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var console = new CliConsole(output, TextWriter.Synchronized(error), terminal, arguments);
        var code = await CommandLine.RunAsync(arguments, console, services =>
        {
            services.AddSingleton(new LabFolders(home.Path));
            services.AddSingleton(data ?? new TinyData());
        });
        return (code, output.ToString(), error.ToString());
    }
}

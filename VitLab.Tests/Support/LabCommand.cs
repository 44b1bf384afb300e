using System.Diagnostics;

namespace VitLab.Tests.Support;

/// <summary>What one call of the built program did.</summary>
public sealed record LabCommand(int ExitCode, string Output, string Error)
{
    /// <summary>Runs the program to its end, with <paramref name="home"/> as lab folder.</summary>
    public static async Task<LabCommand> RunAsync(string home, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        using var process = Process.Start(LabServer.StartInfo(home, "http://127.0.0.1:0", environment, arguments))!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Limit.Time);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }

        return new LabCommand(process.ExitCode, await output, await error);
    }

    /// <summary>A refusal: exit code not 0, one readable line that names each of <paramref name="parts"/>, and no stack trace.</summary>
    public void AssertRefused(params string[] parts)
    {
        Assert.True(ExitCode != 0, $"Expected a refusal, got exit code 0:\n{Output}\n{Error}");
        Assert.All(parts, part => Assert.Contains(part, Error, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", Error, StringComparison.Ordinal);
    }
}

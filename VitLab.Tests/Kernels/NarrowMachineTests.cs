using System.Diagnostics;
using VitLab.Kernels.Simd;

namespace VitLab.Tests.Kernels;

/// <summary>Runs the kernel tests again in a process whose runtime denies the wider registers, as it would on an older machine.</summary>
public class NarrowMachineTests
{
    private const string Child = "VITLAB_EXPECTED_WIDTH";

    [Theory]
    [InlineData("DOTNET_EnableHWIntrinsic", 1)]
    [InlineData("DOTNET_EnableAVX2", 4)]
    [InlineData("DOTNET_EnableAVX512", 8)]
    public async Task KernelTests_WithoutSomeInstructions_StillPass(string switchedOff, int width)
    {
        Assert.SkipWhen(LaneWidth.Widest < width, $"this machine has no registers of {width} floats");
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [switchedOff] = "0", [Child] = width.ToString(System.Globalization.CultureInfo.InvariantCulture) },
        };
        foreach (var argument in new[] { "exec", typeof(NarrowMachineTests).Assembly.Location, "-trait", "Kernels=Paths", "-noColor", "-noLogo" })
            start.ArgumentList.Add(argument);

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, await output + await errors);
        Assert.Contains("Failed: 0", await output, StringComparison.Ordinal);
    }

    /// <summary>In the child: the switch really did narrow the machine.</summary>
    [Fact]
    [Trait("Kernels", "Paths")]
    public void Widest_InAChildProcess_IsWhatTheSwitchLeft()
    {
        var expected = Environment.GetEnvironmentVariable(Child);

        if (expected is not null) Assert.Equal(expected, LaneWidth.Widest.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}

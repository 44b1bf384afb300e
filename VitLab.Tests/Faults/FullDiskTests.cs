using System.Diagnostics;
using VitLab.Tests.Support;

namespace VitLab.Tests.Faults;

/// <summary>The lab on a disk of four megabytes that runs full while it trains. Needs the right to mount one.</summary>
[Collection(FaultCollection.Name)]
public sealed class FullDiskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private bool _mounted;

    public void Dispose()
    {
        if (_mounted)
        {
            Run("umount", _folder.File("disk"));
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task FullDisk_DuringTraining_PausesWithTheReasonAndGoesOnWhenThereIsRoom()
    {
        var disk = _folder.File("disk");
        Directory.CreateDirectory(disk);
        _mounted = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk);
        Assert.SkipUnless(_mounted, "Mounting a small disk needs root on Linux.");
        await using var server = await LabServer.StartAsync(Path.Combine(disk, "lab"));
        var id = await server.StartLongRunAsync();
        await server.WaitForRunAsync(id, "training", run => run.Step() > 20);

        var ballast = Path.Combine(disk, "ballast");
        Fill(ballast);
        var paused = await server.WaitForRunAsync(id, "the run pauses on the full disk", run => run.State() == "paused");
        Assert.Contains("space", paused.GetProperty("failure").GetString(), StringComparison.OrdinalIgnoreCase);

        File.Delete(ballast);
        await server.CommandAsync(id, "resume");
        await server.WaitForRunAsync(id, "the run goes on", run => run.State() == "running" && run.Step() > paused.Step() + 20);
        await server.CommandAsync(id, "stop");
        await server.WaitForRunAsync(id, "the run stops", run => run.State() == "stopped");
        var steps = (await server.EventsAsync(id)).Where(e => e.Type == "step").Select(e => e.Step).ToList();
        Assert.Equal(Enumerable.Range(1, steps.Count).Select(step => (long)step), steps);
    }

    private static void Fill(string path)
    {
        using var file = File.Create(path);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(block);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

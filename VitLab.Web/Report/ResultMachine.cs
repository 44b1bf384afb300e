using System.Globalization;
using System.Runtime.InteropServices;
using VitLab.Models;
using VitLab.Web.Runs;

namespace VitLab.Web.Report;

/// <summary>Where a row was measured.</summary>
/// <param name="Processor">Its name, as the system tells it.</param>
/// <param name="Memory">Bytes that this program may use; null when nobody says.</param>
/// <param name="Device">What computed, for people.</param>
public sealed record ResultMachine(string Processor, int Cores, long? Memory, string System, string Runtime, string Engine, string Device)
{
    public static ResultMachine Of(Placement placement) => new(
        ProcessorName(), Environment.ProcessorCount, Hardware.This.Cpu.Memory, RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription, placement.Engine, placement.Name);

    private static string ProcessorName()
    {
        const string Linux = "/proc/cpuinfo";
        var named = File.Exists(Linux) ? File.ReadLines(Linux).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return named?[(named.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")   // Windows
            ?? string.Create(CultureInfo.InvariantCulture, $"{RuntimeInformation.ProcessArchitecture}");
    }
}

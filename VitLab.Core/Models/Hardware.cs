using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace VitLab.Models;

/// <summary>What the engine of this build can compute on: the one place above Torch/ that knows the engine.</summary>
/// <param name="Engine">"Managed engine", or TorchSharp with its version.</param>
/// <param name="Devices">The CPU first, then the GPUs that the engine can use.</param>
/// <param name="Notice">What the user of a GPU engine should know when it found no GPU; null otherwise.</param>
public sealed record Hardware(string Engine, IReadOnlyList<ComputeDevice> Devices, string? Notice)
{
    private const string GpuNeeds = "A GPU takes a build with -p:VitLabEngine=TorchSharp -p:VitLabTorchBackend=cuda-linux (or cuda-windows), an NVIDIA GPU and its driver";

    /// <summary>This machine's.</summary>
    public static Hardware This { get; } = Detect();

    /// <summary>The device that a choice stands for: "auto" (a GPU when there is one), "cpu", or "cuda:N" ("cuda" is the first).</summary>
    /// <exception cref="ArgumentException">When the choice is none of these, or names a device that is not there; the message says which are.</exception>
    public ComputeDevice Choose(string choice)
    {
        if (choice == "auto")
        {
            return Devices.Count > 1 ? Devices[1] : Devices[0];
        }

        var id = choice == "cuda" ? "cuda:0" : choice;
        if (Devices.FirstOrDefault(device => device.Id == id) is { } found)
        {
            return found;
        }

        var isGpu = id.Split(':') is ["cuda", var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _);
        throw new ArgumentException(
            !isGpu ? $"device: expected auto, cpu or cuda:N, got \"{choice}\"."
            : $"device: \"{choice}\" is not there; this build on this machine has {string.Join(", ", Devices.Select(device => device.Id))}.{(Devices.Count == 1 ? $" {GpuNeeds}." : "")}");
    }

    private static Hardware Detect()
    {
        var processors = new ComputeDevice("cpu", Processors, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        if (typeof(torch).Assembly == typeof(Hardware).Assembly)
        {
            return new("Managed engine", [processors], null);
        }

        var engine = $"TorchSharp {typeof(torch).Assembly.GetName().Version?.ToString(3)}";
        return torch.cuda.is_available()
            ? new(engine, [processors, .. Enumerable.Range(0, torch.cuda.device_count()).Select(Gpu)], null)
            : new(engine, [processors], $"TorchSharp found no GPU and computes on the CPU. {GpuNeeds}{(NvidiaDriver.IsInstalled ? "." : ", which is not installed here.")}");
    }

    private static ComputeDevice Gpu(int ordinal) =>
        NvidiaDriver.Describe(ordinal) is var (name, memory) ? new($"cuda:{ordinal}", name, memory) : new($"cuda:{ordinal}", "NVIDIA GPU", null);

    private static string Processors =>
        $"{Environment.ProcessorCount} processor{(Environment.ProcessorCount == 1 ? "" : "s")} · {RuntimeInformation.ProcessArchitecture} · {Vectors}";

    private static string Vectors =>
        Vector512.IsHardwareAccelerated ? "512-bit vectors" : Vector256.IsHardwareAccelerated ? "256-bit vectors" : Vector128.IsHardwareAccelerated ? "128-bit vectors" : "no vectors";
}

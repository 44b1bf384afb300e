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
    /// <summary>The choice that leaves it to the lab.</summary>
    public const string Auto = "auto";

    private const string GpuNeeds = "A GPU takes a build with -p:VitLabEngine=TorchSharp -p:VitLabTorchBackend=cuda-linux (or cuda-windows), an NVIDIA GPU and its driver";

    /// <summary>This machine's.</summary>
    public static Hardware This { get; } = Detect();

    public ComputeDevice Cpu => Devices[0];

    /// <summary>What <see cref="Auto"/> stands for: the first GPU, else the CPU.</summary>
    public ComputeDevice Best => Devices.Count > 1 ? Devices[1] : Cpu;

    /// <summary>The device that a choice stands for: "auto", "cpu", or "cuda:N" ("cuda" is the first). Null when the choice is none of these or the device is not there.</summary>
    public ComputeDevice? Find(string choice) => choice == Auto ? Best : Devices.FirstOrDefault(device => device.Id == IdOf(choice));

    /// <summary>The same, or the best there is: for runs that were made where there was more.</summary>
    public ComputeDevice FindOrBest(string choice) => Find(choice) ?? Best;

    /// <summary>Why <see cref="Find"/> finds nothing, and what would be right.</summary>
    public string WhyNot(string choice) =>
        !IsGpu(choice) ? $"expected auto, cpu or cuda:N, got \"{choice}\"."
        : $"\"{choice}\" is not there; this build on this machine has {string.Join(", ", Devices.Select(device => device.Id))}.{(Devices.Count == 1 ? $" {GpuNeeds}." : "")}";

    private static string IdOf(string choice) => choice == "cuda" ? "cuda:0" : choice;

    private static bool IsGpu(string choice) => IdOf(choice).Split(':') is ["cuda", var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _);

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

using System.Runtime.InteropServices;

namespace VitLab.Training;

/// <summary>Memory that ran out, however the engine says so, and what helps.</summary>
public static class OutOfMemory
{
    // libtorch's words for the GPU ("CUDA out of memory. Tried to allocate …") and for the CPU ("DefaultCPUAllocator: can't allocate memory: …").
    private static readonly string[] s_words = ["out of memory", "can't allocate memory"];

    public static bool Is(Exception e) =>
        e is OutOfMemoryException || (e is ExternalException && s_words.Any(words => e.Message.Contains(words, StringComparison.OrdinalIgnoreCase)));

    public static string Advice(TrainingPlan plan) =>
        $"The memory of {plan.Device.Id} ({plan.Device.Name}) ran out. Lower the batch size (now {plan.Options.BatchSize}), or keep it and raise accumulation (now {plan.Options.AccumulationSteps}), which computes it in parts; the last checkpoint is kept.";
}

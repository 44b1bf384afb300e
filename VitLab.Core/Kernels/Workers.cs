namespace VitLab.Kernels;

/// <summary>How many threads the kernels share.</summary>
public static class Workers
{
    /// <summary>Threads a kernel may use, the calling one included.</summary>
    public static int Count { get; set; } = Environment.ProcessorCount;
}

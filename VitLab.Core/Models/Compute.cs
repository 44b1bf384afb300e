namespace VitLab.Models;

/// <summary>Where models are put: the GPU when the engine has one, else the CPU.</summary>
public static class Compute
{
    /// <summary>The hardware, for people.</summary>
    public static ComputeDevice Used { get; } = Hardware.This.Choose("auto");

    /// <summary>The same, for tensors.</summary>
    public static Device Device { get; } = torch.device(Used.Id);
}

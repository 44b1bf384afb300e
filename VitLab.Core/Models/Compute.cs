namespace VitLab.Models;

/// <summary>Where models are put: the GPU when the engine has one, else the CPU.</summary>
public static class Compute
{
    public static Device Device { get; } = torch.device(torch.cuda.is_available() ? "cuda" : "cpu");
}

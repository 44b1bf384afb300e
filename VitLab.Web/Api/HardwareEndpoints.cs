using VitLab.Models;

namespace VitLab.Web.Api;

/// <summary>What the lab can compute on.</summary>
internal static class HardwareEndpoints
{
    public static void MapHardware(this RouteGroupBuilder api) =>
        api.MapGet("/hardware", () => new HardwareView(Hardware.This.Engine, Hardware.This.Devices, Hardware.This.Best.Id, Hardware.This.Notice))
            .WithTags("Hardware").WithSummary("The engine and its devices: what a run's device may name.");

    /// <param name="Auto">Id of the device that "auto" stands for.</param>
    /// <param name="Notice">Why a GPU engine computes on the CPU; null when all is well.</param>
    private sealed record HardwareView(string Engine, IReadOnlyList<ComputeDevice> Devices, string Auto, string? Notice);
}

using System.CommandLine;
using VitLab.Models;

namespace VitLab.Web.Cli;

/// <summary>--device, for the verbs that compute long enough to care.</summary>
internal static class DeviceOption
{
    public static Option<string> Create() => new("--device")
    {
        Description = $"Where to compute: auto, {string.Join(", ", Hardware.This.Devices.Select(device => device.Id))}.",
        DefaultValueFactory = _ => Hardware.Auto,
    };
}

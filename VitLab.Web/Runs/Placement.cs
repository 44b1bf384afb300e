using VitLab.Experiments;
using VitLab.Models;

namespace VitLab.Web.Runs;

/// <summary>Where a run computes. No part of what it learns, so neither an option nor in its command.</summary>
/// <param name="Device">"cpu" or "cuda:0".</param>
/// <param name="Name">What that is, for people.</param>
public sealed record Placement(string Device, string Name, string Engine)
{
    /// <summary>The device that was asked for but is not on this machine, so that the best one serves instead; null when the wish was met.</summary>
    public string? Missing { get; init; }

    /// <summary>What a choice comes to on this machine.</summary>
    public static Placement Of(string choice)
    {
        var device = Hardware.This.FindOrBest(choice);
        return new Placement(device.Id, device.Name, Hardware.This.Engine) { Missing = Hardware.This.Find(choice) is null ? choice : null };
    }

    /// <exception cref="OptionException">When the choice cannot be met here.</exception>
    public static ComputeDevice Require(string choice) => Hardware.This.Find(choice) ?? throw new OptionException("device", Hardware.This.WhyNot(choice));
}

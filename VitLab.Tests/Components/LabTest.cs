using Bunit;
using Microsoft.Extensions.DependencyInjection;
using VitLab.Tests.Components.Train;

namespace VitLab.Tests.Components;

/// <summary>The services of the pages beside the live one: runs that can be named, deleted and watched, and weights that can answer.</summary>
public abstract class LabTest : TrainTest
{
    private protected LabTest()
    {
        Services.AddSingleton<VitLab.Web.Runs.RunService>(Lab);
        Services.AddSingleton(TimeProvider.System);
    }

    private protected LabDouble Lab { get; } = new();
}

using Bunit;
using VitLab.Web.Components.Home;

namespace VitLab.Tests.Components.Home;

public class ReadingDemoTests : ComponentTest
{
    [Fact]
    public void Render_WithWeights_HasEveryPartTheScriptUses()
    {
        SetupControl("home/reading-demo");

        var demo = Render<ReadingDemo>(parameters => parameters.Add(d => d.Weights, "single-digit").Add(d => d.Name, "Shipped").Add(d => d.Classes, ["0"]));

        Assert.All(["stack", "pause", "verdict", "sure", "bars", "caption"], part => Assert.Single(demo.FindAll($"[data-part='{part}']")));
        Assert.Equal("Pause the demonstration", demo.Find("button").GetAttribute("aria-label"));
    }
}

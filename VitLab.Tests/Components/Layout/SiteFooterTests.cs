using Bunit;
using VitLab.Models;
using VitLab.Web.Components.Layout;

namespace VitLab.Tests.Components.Layout;

public class SiteFooterTests : ComponentTest
{
    [Fact]
    public void Render_OnAnyPage_NamesEngineHardwareAndMemory()
    {
        var hardware = Render<SiteFooter>().Find("span[title]").TextContent;

        Assert.StartsWith($"{Hardware.This.Engine} · {Hardware.This.Best.Name} · ", hardware, StringComparison.Ordinal);
        Assert.Matches("B$", hardware);
    }
}

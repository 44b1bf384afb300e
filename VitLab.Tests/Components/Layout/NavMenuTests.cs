using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using VitLab.Web.Components.Layout;

namespace VitLab.Tests.Components.Layout;

public class NavMenuTests : ComponentTest
{
    [Theory]
    [InlineData("", "Home")]
    [InlineData("train", "Train")]
    [InlineData("train?run=brave-otter-1", "Train")]
    [InlineData("draw", "Draw")]
    [InlineData("grid?canvas=3x3", "Grid")]
    [InlineData("canvas?weights=brave-otter-1", "Free canvas")]
    [InlineData("sequences?weights=brave-otter-1", "Sequences")]
    [InlineData("corrections?label=7", "Corrections")]
    [InlineData("runs", "Runs")]
    [InlineData("models?experiment=single-digit&preset=d16", "Models")]
    public void Render_OnAPage_MarksItsRoom(string address, string room)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);

        var menu = Render<NavMenu>();

        Assert.Equal(room, menu.Find("a.active").TextContent);
        Assert.Equal("page", menu.Find("a.active").GetAttribute("aria-current"));
    }
}

using VitLab.Experiments;
using VitLab.Web.Components.Shared;

namespace VitLab.Tests.Components.Shared;

public class DrawingPageTests
{
    [Fact]
    public void AddressOf_ACanvas_IsThePageThatReadsIt()
    {
        Assert.Equal("/draw?weights=a", DrawingPage.AddressOf(CanvasGuide.Single, "single-digit", "a"));
        Assert.Equal("/grid?canvas=3x3&grid-heads=a", DrawingPage.AddressOf(new CanvasGuide(3, 3), "grid-heads", "a"));
        Assert.Equal("/sequences?weights=a", DrawingPage.AddressOf(new CanvasGuide(1, 10), "sequence-sum", "a"));
        Assert.Equal("/canvas?weights=a", DrawingPage.AddressOf(CanvasGuide.Free, "free-layout", "a"));
    }

    [Fact]
    public void RunsOn_ACanvas_SpeaksOfIt()
    {
        Assert.Equal("Every run on single digits", DrawingPage.RunsOn(CanvasGuide.Single));
        Assert.Equal("Every run on 2 × 2 digits", DrawingPage.RunsOn(new CanvasGuide(2, 2)));
        Assert.Equal("Every run on rows of 11 digits", DrawingPage.RunsOn(new CanvasGuide(1, 11)));
        Assert.Equal("Every run on free canvases", DrawingPage.RunsOn(CanvasGuide.Free));
    }
}

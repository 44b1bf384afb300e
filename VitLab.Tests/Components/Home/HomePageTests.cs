using System.Text.Json;
using Bunit;
using VitLab.Experiments;
using VitLab.Tests.Components.Train;
using VitLab.Web.Components.Home;
using VitLab.Web.Components.Shared;
using VitLab.Web.Runs;

namespace VitLab.Tests.Components.Home;

public class HomePageTests : LabTest
{
    public HomePageTests() => SetupControl("home/reading-demo");

    private JsonElement Demo => JsonSerializer.SerializeToElement(JSInterop.Invocations["create"].Single().Arguments[2]);

    [Fact]
    public void Render_FirstVisit_StartsOnTheTrainPage()
    {
        var page = Render<HomePage>();

        var start = page.Find("a.primary");
        Assert.Equal(("/train", "Start"), (start.GetAttribute("href"), start.TextContent.Trim()));
        Assert.Contains(Figures.Percent(ExperimentCatalog.All[0].Presets[0].Expected, 1), page.Find(".hero-forecast").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_ShippedAndLiveWeights_LetsTheTrainedOnesRead()
    {
        Weights.All.AddRange([WeightsDouble.Choice("brave-otter-1", live: true), WeightsDouble.Choice("single-digit")]);

        Render<HomePage>();

        Assert.Equal("single-digit", Demo.GetProperty("weights").GetString());
    }

    [Fact]
    public void Render_NoWeights_StillDrawsAndSaysWhy()
    {
        var page = Render<HomePage>();

        Assert.Equal(JsonValueKind.Null, Demo.GetProperty("weights").ValueKind);
        Assert.Contains("No trained weights are here yet", page.Find("figcaption").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void RunBegins_WhileThePageIsOpen_LeadsToIt()
    {
        var page = Render<HomePage>();

        Lab.Change(RunsDouble.Run(RunState.Running));

        page.WaitForAssertion(() => Assert.Equal("/train?run=brave-otter-1", page.Find("a.primary").GetAttribute("href")));
        Assert.Contains($"{Figures.Percent(0.29, 0)} done", page.Find(".hero-forecast").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void RunEnds_WhileThePageIsOpen_OffersStartAgain()
    {
        Lab.Change(RunsDouble.Run(RunState.Running));
        var page = Render<HomePage>();

        Lab.Change(RunsDouble.Run(RunState.Completed));

        page.WaitForAssertion(() => Assert.Equal("/train", page.Find("a.primary").GetAttribute("href")));
    }

    [Fact]
    public void Render_Phases_LinkEveryTask()
    {
        var page = Render<HomePage>();

        Assert.Equal(ExperimentCatalog.All.Select(experiment => $"/train?experiment={experiment.Id}"), page.FindAll(".phase a").Select(link => link.GetAttribute("href")));
    }
}

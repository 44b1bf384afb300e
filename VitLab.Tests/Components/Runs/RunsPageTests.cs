using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using VitLab.Tests.Components.Train;
using VitLab.Web.Components.Runs;
using VitLab.Web.Runs;

namespace VitLab.Tests.Components.Runs;

public class RunsPageTests : LabTest
{
    public RunsPageTests()
    {
        SetupControl("runs/curves-chart").SetupVoid("show", _ => true).SetVoidResult();
        Navigation.NavigateTo("/runs");
    }

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void Render_NoRuns_InvitesToTheFirst()
    {
        var page = Render<RunsPage>();

        Assert.Contains("No runs yet", page.Find(".empty").TextContent, StringComparison.Ordinal);
        Assert.Equal("/train", page.Find(".empty a").GetAttribute("href"));
        Assert.Empty(page.FindAll("table"));
    }

    [Fact]
    public void Render_Runs_ListsEachWithStateInWords()
    {
        Lab.Change(RunsDouble.Run(RunState.Failed, "calm-heron-2"));
        Lab.Change(RunsDouble.Run(RunState.Running) with { Best = new Dictionary<string, double> { ["accuracy"] = 0.9876 } });

        var page = Render<RunsPage>();

        Assert.Equal(["brave-otter-1", "calm-heron-2"], page.FindAll(".run-name a").Select(link => link.TextContent));
        Assert.Equal(["Running", "Failed"], page.FindAll(".state").Select(state => state.TextContent.Trim()));
        Assert.Contains("98.76", page.FindAll("td[data-label='Best']")[0].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_ByNote_NarrowsTheTable()
    {
        Lab.Change(RunsDouble.Run(RunState.Completed, "calm-heron-2") with { Note = "the baseline" });
        Lab.Change(RunsDouble.Run(RunState.Completed));
        var page = Render<RunsPage>();

        await page.Find("input[type=search]").InputAsync("baseline");

        Assert.Equal("calm-heron-2", Assert.Single(page.FindAll(".run-row")).GetAttribute("data-run"));
    }

    [Fact]
    public async Task Target_Changed_IsKeptInTheAddress()
    {
        Lab.Change(RunsDouble.Run(RunState.Completed));
        Navigation.NavigateTo("/runs?compare=brave-otter-1");
        var page = Render<RunsPage>();
        Assert.Equal("95", page.Find("[data-part='target'] input").GetAttribute("value"));

        await page.Find("[data-part='target'] input").ChangeAsync("97.5");

        Assert.EndsWith("/runs?compare=brave-otter-1&target=97.5", Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_ThenUndo_BringsTheRunBack()
    {
        Lab.Change(RunsDouble.Run(RunState.Completed));
        var page = Render<RunsPage>();

        await page.Find("button[aria-label='Delete brave-otter-1']").ClickAsync();
        Assert.Empty(page.FindAll(".run-row"));
        await page.Find(".runs-undo button").ClickAsync();

        Assert.Single(page.FindAll(".run-row"));
        Assert.Empty(page.FindAll(".runs-undo"));
    }

    [Fact]
    public async Task Compare_TwoRuns_PutsThemInTheAddressAndShowsWhatDiffers()
    {
        Lab.Change(RunsDouble.Run(RunState.Completed, "calm-heron-2", RunsDouble.Run(RunState.Completed).Options with { LearningRate = 0.5 }));
        Lab.Change(RunsDouble.Run(RunState.Completed));
        var page = Render<RunsPage>();

        await page.Find("[aria-label='Compare brave-otter-1']").ChangeAsync(true);
        await page.Find("[aria-label='Compare calm-heron-2']").ChangeAsync(true);

        Assert.EndsWith("/runs?compare=brave-otter-1%2Ccalm-heron-2", Address, StringComparison.Ordinal);
        Assert.Equal(["Learning rate"], page.FindAll(".run-diff tbody th").Select(cell => cell.TextContent));
    }

    [Fact]
    public void Address_AnotherComparison_IsShownWhateverIsTicked()
    {
        Lab.Change(RunsDouble.Run(RunState.Completed, "calm-heron-2"));
        Lab.Change(RunsDouble.Run(RunState.Completed));
        var page = Render<RunsPage>();
        page.Find("[aria-label='Compare brave-otter-1']").Change(true);

        Navigation.NavigateTo("/runs?compare=calm-heron-2");

        page.WaitForAssertion(() => Assert.True(page.Find("[aria-label='Compare calm-heron-2']").HasAttribute("checked")));
        Assert.False(page.Find("[aria-label='Compare brave-otter-1']").HasAttribute("checked"));
    }

    [Fact]
    public void Render_EightCompared_LetsNoNinthIn()
    {
        for (var index = 1; index <= 9; index++)
        {
            Lab.Change(RunsDouble.Run(RunState.Completed, $"run-{index}"));
        }

        Navigation.NavigateTo("runs?compare=" + string.Join(',', Enumerable.Range(1, 8).Select(index => $"run-{index}")));
        var page = Render<RunsPage>();

        Assert.True(page.Find("[aria-label='Compare run-9']").HasAttribute("disabled"));
        Assert.False(page.Find("[aria-label='Compare run-1']").HasAttribute("disabled"));
    }

    [Fact]
    public void Change_FromElsewhere_ShowsAtOnce()
    {
        var page = Render<RunsPage>();

        Lab.Change(RunsDouble.Run(RunState.Queued));

        page.WaitForAssertion(() => Assert.Equal("Queued", page.Find(".state").TextContent.Trim()));
    }
}

using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using VitLab.Tests.Components.Train;
using VitLab.Web.Components.Runs;
using VitLab.Web.Runs;

namespace VitLab.Tests.Components.Runs;

public class RunRowTests : LabTest
{
    private readonly List<string?> _problems = [];

    public RunRowTests()
    {
        JSInterop.SetupVoid("Blazor._internal.domWrapper.focus", _ => true).SetVoidResult();
        Lab.Change(RunsDouble.Run(RunState.Completed));
    }

    [Fact]
    public async Task Rename_ThenEnter_SavesOnce()
    {
        var row = RenderRow();
        await row.Find("[aria-label='Rename brave-otter-1']").ClickAsync();

        var input = row.Find("[aria-label='New name']");
        await input.InputAsync("  the good one ");
        await input.KeyDownAsync(new KeyboardEventArgs { Key = "Enter" });

        Assert.Equal("the good one", Lab.Records.Single().Name);
        Assert.Empty(row.FindAll("[aria-label='New name']"));
    }

    [Fact]
    public async Task Rename_ThenEscape_KeepsTheName()
    {
        var row = RenderRow();
        await row.Find("[aria-label='Rename brave-otter-1']").ClickAsync();

        await row.Find("[aria-label='New name']").KeyDownAsync(new KeyboardEventArgs { Key = "Escape" });

        Assert.Equal("brave-otter-1", Lab.Records.Single().Name);
        Assert.Empty(row.FindAll("[aria-label='New name']"));
    }

    [Fact]
    public async Task Rename_Refused_SaysWhy()
    {
        Lab.Refusal = new RunException("name", "name: at most 100 characters.");
        var row = RenderRow();
        await row.Find("[aria-label='Rename brave-otter-1']").ClickAsync();

        await row.Find("[aria-label='New name']").InputAsync("too long");
        await row.Find("[aria-label='New name']").BlurAsync(new FocusEventArgs());

        Assert.Equal(["name: at most 100 characters."], _problems);
    }

    [Fact]
    public async Task Details_Opened_OffersCheckpointsToDownloadAndFork()
    {
        Lab.Files.Add(new CheckpointFile("best", 1800, 640_000, DateTimeOffset.UnixEpoch));
        var row = RenderRow();

        await row.Find("[aria-label='Details of brave-otter-1']").ClickAsync();

        Assert.Equal(
            ["/api/runs/brave-otter-1/checkpoints/best.safetensors?weightsOnly=true", "/api/runs/brave-otter-1/checkpoints/best.safetensors"],
            row.FindAll("a[download]").Select(link => link.GetAttribute("href")));

        await row.Find(".run-checkpoints button").ClickAsync();

        Assert.Equal(("brave-otter-1", "best"), Assert.Single(Lab.Forks));
        Assert.EndsWith("/train?run=brave-otter-1-fork", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Note_Changed_IsSaved()
    {
        var row = RenderRow();
        await row.Find("[aria-label='Details of brave-otter-1']").ClickAsync();

        await row.Find("textarea").ChangeAsync("with more epochs");

        Assert.Equal("with more epochs", Lab.Records.Single().Note);
    }

    private IRenderedComponent<RunRow> RenderRow() =>
        Render<RunRow>(parameters => parameters.Add(row => row.Run, Lab.Records.Single()).Add(row => row.OnProblem, _problems.Add));
}

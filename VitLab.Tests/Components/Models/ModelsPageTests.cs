using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using VitLab.Experiments;
using VitLab.Tests.Components.Train;
using VitLab.Web.Components.Models;
using VitLab.Web.Components.Shared;
using VitLab.Web.Components.Train;
using VitLab.Web.Runs;

namespace VitLab.Tests.Components.Models;

public class ModelsPageTests : TrainTest
{
    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void Page_WithoutAnAddress_ShowsTheFirstPresetWithItsCosts()
    {
        var page = Render<ModelsPage>();

        var cost = ExperimentCatalog.All[0].Cost(ExperimentCatalog.All[0].Presets[0].Options);
        Assert.Equal("One digit", page.Find("#architecture-heading").TextContent);
        Assert.Contains(Figures.Count(cost.Parameters), Readout(page, "parameters"), StringComparison.Ordinal);
        Assert.Contains("as the preset", Readout(page, "parameters"), StringComparison.Ordinal);
        Assert.Contains(Figures.Count(cost.Parameters), page.Find(".stage-table tfoot").TextContent, StringComparison.Ordinal);
        Assert.Contains("measuring", Readout(page, "epoch"), StringComparison.Ordinal);
    }

    [Fact]
    public void Knobs_OfAnyExperiment_AreItsModelOptions()
    {
        foreach (var experiment in ExperimentCatalog.All)
        {
            Navigation.NavigateTo($"models?experiment={experiment.Id}");
            var page = Render<ModelsPage>();

            Assert.Equal(OptionSchema.Of(experiment).Fields.Where(field => field.Group == "Model").Select(field => field.Key), page.FindAll("[data-knob]").Select(knob => knob.GetAttribute("data-knob")));
        }
    }

    [Fact]
    public async Task Knob_Turned_ShowsItsCostAgainstThePresetAndKeepsItInTheAddress()
    {
        Runs.Records.Add(RunsDouble.Run(RunState.Completed) with { ImagesPerSecond = 5500 });
        Navigation.NavigateTo("models?experiment=single-digit&preset=d16");
        var page = Render<ModelsPage>();
        Assert.Contains("≈ 10 s", Readout(page, "epoch"), StringComparison.Ordinal);

        await Slider(page, "depth").InputAsync("7");   // depths are 1 to 16, so the eighth is 8

        var experiment = ExperimentCatalog.All[0];
        var d16 = experiment.FindPreset("d16").Options;
        var (now, before) = (experiment.Cost(OptionSchema.Of(experiment).With(d16, "depth", "8")), experiment.Cost(d16));
        Assert.Equal("8", page.Find("#option-depth").GetAttribute("value"));
        Assert.Contains(Figures.Count(now.Parameters), Readout(page, "parameters"), StringComparison.Ordinal);
        Assert.Contains($"{Figures.Change(now.Parameters, before.Parameters)} · preset {Figures.Count(before.Parameters)}", Readout(page, "parameters"), StringComparison.Ordinal);
        Assert.Contains($"≈ {Forecast.Words(TimeSpan.FromSeconds(55_000 / 5500.0 * now.TrainingFlops / before.TrainingFlops))}", Readout(page, "epoch"), StringComparison.Ordinal);
        Assert.Contains("Block × 8", page.Find(".stage-table").TextContent, StringComparison.Ordinal);
        Assert.Equal("/models?experiment=single-digit&preset=d16&set=depth%3D8", Address);
        Assert.Equal("/train?experiment=single-digit&preset=d16&set=depth%3D8", page.Find("[data-command=Train]").GetAttribute("href"));
    }

    [Fact]
    public async Task Knob_SetToWhatCannotBe_IsExplainedThereAndTheLastModelStays()
    {
        var page = Render<ModelsPage>();
        var before = Readout(page, "parameters");

        await page.Find("#option-heads").ChangeAsync("5");

        Assert.Contains("expected a divisor of the width 64, got 5.", page.Find("[data-option='heads'] [role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal(before, Readout(page, "parameters"));

        await page.Find("#option-dim").ChangeAsync("60");
        Assert.Empty(page.FindAll("[role=alert]"));
        Assert.NotEqual(before, Readout(page, "parameters"));
    }

    [Fact]
    public async Task Preset_Chosen_TakesThePlaceOfWhatWasTurned()
    {
        Navigation.NavigateTo("models?experiment=single-digit&preset=d64&set=depth%3D6");
        var page = Render<ModelsPage>();
        Assert.Equal("6", page.Find("#option-depth").GetAttribute("value"));

        await page.Find("[data-preset='d16']").ClickAsync();

        Assert.Equal("4", page.Find("#option-depth").GetAttribute("value"));
        Assert.Equal("/models?experiment=single-digit&preset=d16", Address);
    }

    [Fact]
    public async Task Stage_Opened_ShowsItsPartsInTableAndDiagram()
    {
        var page = Render<ModelsPage>();
        Assert.Empty(page.FindAll("[data-stage='Attention weights']"));

        await page.Find("tr[data-stage='Self-attention'] button").ClickAsync();

        Assert.Equal("true", page.Find("tr[data-stage='Self-attention'] button").GetAttribute("aria-expanded"));
        Assert.Contains("(4, 17, 17)", page.Find("tr[data-stage='Attention weights']").TextContent, StringComparison.Ordinal);
        Assert.Single(page.FindAll("svg [data-stage='Attention weights']"));
    }

    [Fact]
    public void PublishedFigures_OfAPreset_StandBesideTheComputedOnes()
    {
        var experiment = ExperimentCatalog.All[0];
        var cost = experiment.Cost(experiment.Presets[0].Options);

        var figures = Render<PublishedFigures>(p => p
            .Add(f => f.Published, new PublishedCost(2.7e6, 40e6, "the paper, table 1", "Half of it is missing."))
            .Add(f => f.Cost, cost));

        Assert.Equal([$"≈ {Figures.Si(2.7e6)}", Figures.Si(cost.Parameters), $"≈ {Figures.Si(40e6)}", Figures.Si(cost.ForwardFlops)], figures.FindAll("tbody td").Select(cell => cell.TextContent));
        Assert.Contains("Half of it is missing.", figures.Markup, StringComparison.Ordinal);
        Assert.Contains("the paper, table 1", figures.Markup, StringComparison.Ordinal);
    }

    private static string Readout(IRenderedComponent<ModelsPage> page, string cost) => page.Find($".cost-readouts [data-cost='{cost}']").TextContent;

    private static IElement Slider(IRenderedComponent<ModelsPage> page, string key) => page.Find($"[data-knob='{key}'] input[type=range]");
}

using Bunit;
using VitLab.Experiments;
using VitLab.Web.Components.Shared;
using VitLab.Web.Components.Train;
using VitLab.Web.Runs;

namespace VitLab.Tests.Components.Train;

public class PresetCardsTests : TrainTest
{
    [Fact]
    public void Cards_BeforeAnyRun_SayGoalSizeAndExpectation()
    {
        var cards = Render<PresetCards>(p => p.Add(c => c.Draft, Draft()));

        var experiment = ExperimentCatalog.All[0];
        Assert.Contains(experiment.Card.Goal, cards.Markup, StringComparison.Ordinal);
        var d16 = cards.Find("[data-preset='d16']");
        Assert.Contains("14,410 parameters", d16.TextContent, StringComparison.Ordinal);
        Assert.Contains($"{Figures.Percent(experiment.FindPreset("d16").Expected, 1)} expected", d16.TextContent, StringComparison.Ordinal);
        Assert.Contains("– an epoch", d16.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Cards_AfterARun_ForecastFromItsSpeed()
    {
        Runs.Records.Add(RunsDouble.Run(RunState.Completed) with { ImagesPerSecond = 5500 });

        var cards = Render<PresetCards>(p => p.Add(c => c.Draft, Draft()));

        Assert.Contains("10 s an epoch", cards.Find("[data-preset='d16']").TextContent, StringComparison.Ordinal);
        var total = TimeSpan.FromSeconds(10 * ExperimentCatalog.All[0].FindPreset("d16").Options.Epochs);
        Assert.Contains($"≈ {Forecast.Words(total)} in all", cards.Find("[data-preset='d16']").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preset_Chosen_GivesItsDraft()
    {
        RunDraft? chosen = null;
        var cards = Render<PresetCards>(p => p.Add(c => c.Draft, Draft()).Add(c => c.OnChosen, draft => chosen = draft));
        Assert.Equal("true", cards.Find("[data-preset='d64']").GetAttribute("aria-checked"));

        await cards.Find("[data-preset='d16']").ClickAsync();

        Assert.Equal("d16", chosen!.Preset.Id);
    }

    [Fact]
    public async Task Task_Chosen_GivesItsFirstPresetAndUnfoldsAlone()
    {
        RunDraft? chosen = null;
        var cards = Render<PresetCards>(p => p.Add(c => c.Draft, Draft()).Add(c => c.OnChosen, draft => chosen = draft));
        Assert.Equal(ExperimentCatalog.All.Select(experiment => experiment.Card.Phase).Distinct(), cards.FindAll(".phase-card").Select(card => card.GetAttribute("aria-label")));
        Assert.Single(cards.FindAll(".presets"));

        await cards.Find("[data-experiment='grid-heads'] .task-choice").ClickAsync();
        cards.Render(p => p.Add(c => c.Draft, chosen!));

        Assert.Equal(("grid-heads", "d64"), (chosen!.Experiment.Id, chosen.Preset.Id));
        Assert.NotNull(Assert.Single(cards.FindAll(".presets")).Closest("[data-experiment='grid-heads']"));
    }

    [Theory]
    [InlineData(4.04, "4.0 s")]
    [InlineData(41, "41 s")]
    [InlineData(118, "118 s")]
    [InlineData(180, "3 min")]
    [InlineData(200, "3 min 20 s")]
    [InlineData(1500, "25 min")]
    [InlineData(3900, "1 h 5 min")]
    public void Forecast_InWords_IsAsExactAsItIsKnown(double seconds, string words) => Assert.Equal(words, Forecast.Words(TimeSpan.FromSeconds(seconds)));
}

using System.Text.Json;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using VitLab.Tests.Components.Train;
using VitLab.Web.Components.Sequences;
using VitLab.Web.Runs;

namespace VitLab.Tests.Components.Sequences;

public class SequencesPageTests : LabTest
{
    private readonly BunitJSModuleInterop _board;

    public SequencesPageTests()
    {
        _board = SetupControl("sequences/sequence-board");
        _board.SetupVoid("setReaders", _ => true).SetVoidResult();
        SetupControl("runs/curves-chart").SetupVoid("show", _ => true).SetVoidResult();
    }

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void Render_Weights_GivesEachPresetOfBothTasksItsOwn()
    {
        Weights.All.AddRange(
        [
            WeightsDouble.Choice("single-digit"),
            WeightsDouble.OnSequence("brave-otter-1", "sequence-sum", "transformer", live: true),
            WeightsDouble.OnSequence("sequence-sum-fully-connected", "sequence-sum", "fully-connected"),
            WeightsDouble.OnSequence("anchor-in-sequence", "anchor-in-sequence", "transformer"),
        ]);

        var page = Render<SequencesPage>();

        Assert.Equal(["Sum of a sequence", "Anchor in a sequence"], page.FindAll(".task h2").Select(title => title.TextContent));
        Assert.Equal([("brave-otter-1", true), ("sequence-sum-fully-connected", false), ("anchor-in-sequence", false), (null, false)], Readers(Created()));
        Assert.DoesNotContain("single-digit", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_WeightsInTheAddress_AreTheOnesThatAnswer()
    {
        Weights.All.AddRange([.. Sums("a", "b"), WeightsDouble.OnSequence("c", "anchor-in-sequence", "transformer")]);
        Navigation.NavigateTo("sequences?weights=b,gone");

        Render<SequencesPage>();

        Assert.Equal([("b", false), (null, false), ("c", false), (null, false)], Readers(Created()));
    }

    [Fact]
    public async Task ChooseWeights_Another_TellsTheBoardAndTheAddress()
    {
        Weights.All.AddRange([.. Sums("a", "b"), WeightsDouble.OnSequence("c", "anchor-in-sequence", "transformer")]);
        var page = Render<SequencesPage>();

        await page.Find("[data-reader='sequence-sum-transformer'] select").ChangeAsync("b");

        page.WaitForAssertion(() => Assert.Equal([("b", false), (null, false), ("c", false), (null, false)], Readers(Told())));
        Assert.EndsWith("?weights=c%2Cb", Address, StringComparison.Ordinal);
    }

    [Fact]
    public void RunBegins_WhileThePageIsOpen_IsOfferedAndLeavesTheOthers()
    {
        Weights.All.AddRange(Sums("a"));
        var page = Render<SequencesPage>();
        Weights.All.InsertRange(0, [WeightsDouble.OnSequence("new", "sequence-sum", "transformer", live: true), WeightsDouble.OnSequence("first", "sequence-sum", "fully-connected", live: true)]);

        Lab.Change(RunsDouble.Run(RunState.Running));

        page.WaitForAssertion(() => Assert.Equal([("a", false), ("first", true), (null, false), (null, false)], Readers(Told())));
    }

    [Fact]
    public void Render_Runs_ComparesTheNewestOfEachPreset()
    {
        Lab.Change(Run("old", "transformer", best: 0.9));
        Lab.Change(Run("newer", "transformer", best: 0.5));
        Lab.Change(Run("broken", "transformer", best: null));
        Lab.Change(Run("base", "fully-connected", best: 0.1));

        var page = Render<SequencesPage>();

        Assert.Equal("/runs?compare=newer,base", page.Find(".learning a.button").GetAttribute("href"));
        Assert.Equal(Enumerable.Repeat("Validation curves of newer, base", 2), page.FindAll(".run-curves-chart").Select(chart => chart.GetAttribute("aria-label")));
        Assert.Equal(["Loss"], page.FindAll(".run-curves option[selected]").Select(measure => measure.TextContent));
    }

    [Fact]
    public void RunIsMeasured_WhileThePageIsOpen_IsCompared()
    {
        Lab.Change(Run("first", "transformer", best: null));
        var page = Render<SequencesPage>();
        Assert.Empty(page.FindAll(".run-curves"));

        Lab.Change(Run("first", "transformer", best: 0.2));

        page.WaitForAssertion(() => Assert.Equal("/runs?compare=first", page.Find(".learning a.button").GetAttribute("href")));
    }

    [Fact]
    public void Render_NoRuns_SaysHowToMakeThem()
    {
        var page = Render<SequencesPage>();

        Assert.Empty(page.FindAll(".run-curves"));
        Assert.Equal(
            ["train sequence-sum --preset transformer", "train sequence-sum --preset fully-connected", "train anchor-in-sequence --preset transformer", "train anchor-in-sequence --preset fully-connected"],
            page.FindAll(".learning code").Select(command => command.TextContent));
        Assert.Equal("/train?experiment=sequence-sum&preset=transformer", page.Find(".learning .notice a").GetAttribute("href"));
    }

    [Fact]
    public async Task Dispose_Leaving_EndsTheSubscription()
    {
        Render<SequencesPage>();
        Assert.Equal(1, Lab.Watchers);

        await DisposeComponentsAsync();

        Assert.Equal(0, Lab.Watchers);
        _board.VerifyInvoke("dispose");
    }

    private static RunRecord Run(string id, string preset, double? best) => RunsDouble.Run(RunState.Running, id) with
    {
        Experiment = "sequence-sum",
        Preset = preset,
        Best = best is { } accuracy ? new Dictionary<string, double> { ["accuracy"] = accuracy } : null,
    };

    private static IEnumerable<Web.Predictions.WeightsChoice> Sums(params string[] ids) => ids.Select(id => WeightsDouble.OnSequence(id, "sequence-sum", "transformer"));

    private JsonElement Created() => Json(JSInterop.Invocations["create"].First(call => call.Arguments[2] is not null).Arguments[2]).GetProperty("tasks");

    private JsonElement Told() => Json(_board.Invocations["setReaders"].Single().Arguments[0]);

    /// <summary>As the browser gets it.</summary>
    private static JsonElement Json(object? argument) => JsonSerializer.SerializeToElement(argument, JsonSerializerOptions.Web);

    private static IEnumerable<(string? Weights, bool Live)> Readers(JsonElement tasks) =>
        from task in tasks.EnumerateArray()
        from reader in task.GetProperty("readers").EnumerateArray()
        select (reader.GetProperty("weights").GetString(), reader.GetProperty("live").GetBoolean());
}

using Bunit;
using VitLab.Experiments;
using VitLab.Web.Components.Train;

namespace VitLab.Tests.Components.Train;

public class OptionsFormTests : TrainTest
{
    [Fact]
    public void Form_OfASchema_HasEveryFieldWithLabelAndHelp()
    {
        var draft = Draft();
        var form = Render<OptionsForm>(p => p.Add(f => f.Draft, draft));

        foreach (var field in draft.Fields)
        {
            var option = form.Find($"[data-option='{field.Key}']");
            Assert.StartsWith(field.Title, option.QuerySelector("label")!.TextContent.Trim(), StringComparison.Ordinal);
            Assert.Contains(field.Help, option.TextContent, StringComparison.Ordinal);
            Assert.Equal(option.QuerySelector("label")!.GetAttribute("for"), option.QuerySelector("input, select")!.Id);
        }
    }

    [Fact]
    public void Form_EverydayOptions_AreOpenAndTheRestIsFolded()
    {
        var form = Render<OptionsForm>(p => p.Add(f => f.Draft, Draft()));

        Assert.NotNull(form.Find(".everyday [data-option='epochs']"));
        Assert.NotNull(form.Find("details:not([open]) [data-option='depth']"));
    }

    [Fact]
    public async Task Field_OutOfRange_SaysWhatWouldBeRightBesideIt()
    {
        var draft = Draft();
        var form = Render<OptionsForm>(p => p.Add(f => f.Draft, draft));

        await form.Find("#option-epochs").ChangeAsync("0");

        Assert.Contains("expected a whole number from 1 to 1000", form.Find("[data-option='epochs'] [role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", form.Find("#option-epochs").GetAttribute("aria-invalid"));
        Assert.Null(draft.Options);
        Assert.Throws<OptionException>(draft.ToRequest);
    }

    [Fact]
    public async Task Field_CorrectedAgain_LosesItsProblem()
    {
        var draft = Draft();
        var form = Render<OptionsForm>(p => p.Add(f => f.Draft, draft));

        await form.Find("#option-epochs").ChangeAsync("many");
        await form.Find("#option-epochs").ChangeAsync("5");

        Assert.Empty(form.FindAll("[role=alert]"));
        Assert.Equal(5, draft.Options!.Epochs);
    }

    [Fact]
    public async Task Fields_ThatDoNotFitTogether_ShowTheProblemInAnOpenedGroup()
    {
        var form = Render<OptionsForm>(p => p.Add(f => f.Draft, Draft()));

        await form.Find("#option-dim").ChangeAsync("16");
        await form.Find("#option-heads").ChangeAsync("3");

        Assert.NotNull(form.Find("details[open] [data-option='heads'] [role=alert]"));
        Assert.Contains("1 to correct", form.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Field_Changed_IsMarkedWithThePresetsValue()
    {
        var draft = Draft();
        var form = Render<OptionsForm>(p => p.Add(f => f.Draft, draft));

        await form.Find("#option-batchSize").ChangeAsync("32");

        Assert.Equal($"The preset has {draft.Preset.Options.BatchSize}", form.Find("[data-option='batchSize'] .option-changed").GetAttribute("title"));
    }

    [Theory]
    [InlineData("mnist", "not in the data folder")]
    [InlineData("pen", "nothing to download")]
    public async Task Data_Chosen_SaysWhatIsFound(string data, string words)
    {
        var form = Render<OptionsForm>(p => p.Add(f => f.Draft, Draft()));

        await form.Find("#option-data").ChangeAsync(data);

        Assert.Contains(words, form.Find("[data-option='data'] .option-note").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Draft_ProblemsOfTheServer_StandNextToTheirFields()
    {
        var draft = Draft();

        var homeless = draft.Show([new OptionProblem("epochs", "too many"), new OptionProblem("from", "no such weights")]);

        Assert.Equal("too many", draft.Problem(draft.Fields.Single(field => field.Key == "epochs")));
        Assert.Equal("from", Assert.Single(homeless).Field);
    }

    [Fact]
    public void Draft_OfARun_DiffersOnlyWhereItWasChanged()
    {
        var run = RunsDouble.Run(Web.Runs.RunState.Running);
        var draft = RunDraft.Of(run);
        Assert.Empty(draft.DifferencesFrom(run));

        draft.Set(draft.Fields.Single(field => field.Key == "epochs"), "33");

        Assert.Equal(new OptionDifference("Epochs", "10", "33"), Assert.Single(draft.DifferencesFrom(run)));
    }
}

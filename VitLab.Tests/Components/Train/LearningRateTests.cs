using Bunit;
using VitLab.Experiments;
using VitLab.Web.Components.Train;
using VitLab.Web.Runs;

namespace VitLab.Tests.Components.Train;

public class LearningRateTests : TrainTest
{
    [Fact]
    public void Slider_Running_StandsAtTheLogarithmOfTheRate()
    {
        var control = RenderFor(RunsDouble.Run(RunState.Running));

        Assert.Equal("-270", control.Find("input[type=range]").GetAttribute("value"));
        Assert.Equal("0.00200", control.Find("input[type=text]").GetAttribute("value"));
    }

    [Fact]
    public async Task Slider_LetGo_SetsTheRateAtThatDecade()
    {
        var control = RenderFor(RunsDouble.Run(RunState.Running));

        await control.Find("input[type=range]").ChangeAsync("-300");

        Assert.Equal(new SetLearningRate(0.001), Assert.Single(Runs.Commands).Command);
    }

    [Fact]
    public async Task Number_Typed_SetsThatRate()
    {
        var control = RenderFor(RunsDouble.Run(RunState.Paused));

        await control.Find("input[type=text]").ChangeAsync("3e-4");

        Assert.Equal(new SetLearningRate(3e-4), Assert.Single(Runs.Commands).Command);
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("11")]
    public async Task Number_NotARate_SaysWhatWouldBe(string text)
    {
        var control = RenderFor(RunsDouble.Run(RunState.Running));

        await control.Find("input[type=text]").ChangeAsync(text);

        Assert.Empty(Runs.Commands);
        Assert.Contains("expected a number above 0", control.Find(".option-problem").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Value_WhileAHandIsOnIt_DoesNotFollowTheSchedule()
    {
        var control = RenderFor(RunsDouble.Run(RunState.Running));
        await control.Find("input[type=text]").FocusAsync(new());

        control.Render(p => p.Add(c => c.Run, RunsDouble.Run(RunState.Running) with { LearningRate = 0.0005 }));
        Assert.Equal("0.00200", control.Find("input[type=text]").GetAttribute("value"));
        await control.Find("input[type=text]").BlurAsync(new());

        Assert.Equal("0.00050", control.Find("input[type=text]").GetAttribute("value"));
    }

    [Fact]
    public void Value_ChosenWhilePaused_IsShownBeforeItsFirstStep()
    {
        var control = RenderFor(RunsDouble.Run(RunState.Paused) with { PendingRate = 0.0004 });

        Assert.Equal("0.00040", control.Find("input[type=text]").GetAttribute("value"));
    }

    [Fact]
    public async Task Rate_Refused_SaysWhy()
    {
        Runs.Refusal = new OptionException("learningRate", "expected a number from 1E-06 to 10.");
        var control = RenderFor(RunsDouble.Run(RunState.Running));

        await control.Find("input[type=range]").ChangeAsync("-100");

        Assert.Contains("expected a number", control.Find(".option-problem").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Ended_Inputs_AreDisabled() => Assert.All(RenderFor(RunsDouble.Run(RunState.Completed)).FindAll("input"), input => Assert.True(input.HasAttribute("disabled")));

    private IRenderedComponent<LearningRate> RenderFor(RunRecord run) => Render<LearningRate>(parameters => parameters.Add(c => c.Run, run));
}

using AngleSharp.Dom;
using Bunit;
using VitLab.Web.Components.Train;
using VitLab.Web.Runs;

namespace VitLab.Tests.Components.Train;

public class RunControlsTests : TrainTest
{
    [Theory]
    [InlineData(null, "Start training")]
    [InlineData(RunState.Running, "Pause")]
    [InlineData(RunState.Paused, "Resume")]
    [InlineData(RunState.Queued, "Queued")]
    [InlineData(RunState.Completed, "Start training")]
    [InlineData(RunState.Failed, "Start training")]
    public void MainCommand_ByState_SaysWhatItWouldDo(RunState? state, string words)
    {
        var controls = RenderFor(state);

        Assert.Equal(words, MainCommand(controls).TextContent.Trim());
    }

    [Theory]
    [InlineData(RunState.Running, typeof(PauseRun))]
    [InlineData(RunState.Paused, typeof(ResumeRun))]
    public async Task MainCommand_Clicked_SendsItsCommand(RunState state, Type command)
    {
        var controls = RenderFor(state);

        await MainCommand(controls).ClickAsync();

        Assert.Equal(("brave-otter-1", command), Assert.Single(Runs.Commands.Select(sent => (sent.Id, sent.Command.GetType()))));
    }

    [Fact]
    public async Task Pause_UntilItLands_CannotBePressedAgainAndSaysSo()
    {
        Runs.Landing = new TaskCompletionSource();
        var controls = RenderFor(RunState.Running);

        var click = MainCommand(controls).ClickAsync();
        Assert.True(MainCommand(controls).HasAttribute("disabled"));
        Assert.Equal("Pause …", controls.Find(".acknowledgment").TextContent);
        Runs.Landing.SetResult();
        await click;

        Assert.False(MainCommand(controls).HasAttribute("disabled"));
    }

    [Fact]
    public void Queued_MainCommand_IsDisabledAndStopIsNot()
    {
        var controls = RenderFor(RunState.Queued);

        Assert.True(MainCommand(controls).HasAttribute("disabled"));
        Assert.False(Button(controls, "Stop").HasAttribute("disabled"));
    }

    [Theory]
    [InlineData(RunState.Completed)]
    [InlineData(RunState.Queued)]
    public void Step_WithoutARunThatSteps_IsDisabled(RunState state)
    {
        var controls = RenderFor(state);

        Assert.True(Button(controls, "Step").HasAttribute("disabled"));
        Assert.True(Button(controls, "Run 100 steps").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Step_Paused_RunsOneStep()
    {
        var controls = RenderFor(RunState.Paused);

        await Button(controls, "Step").ClickAsync();

        Assert.Equal(new RunSteps(1), Assert.Single(Runs.Commands).Command);
    }

    [Fact]
    public async Task RunSteps_AfterTheNumberChanged_SaysAndSendsIt()
    {
        var controls = RenderFor(RunState.Running);

        await controls.Find("[aria-label='Number of steps']").ChangeAsync("250");
        await Button(controls, "Run 250 steps").ClickAsync();

        Assert.Equal(new RunSteps(250), Assert.Single(Runs.Commands).Command);
    }

    [Fact]
    public async Task Stop_Running_StopsTheRun()
    {
        var controls = RenderFor(RunState.Running);

        await Button(controls, "Stop").ClickAsync();

        Assert.IsType<StopRun>(Assert.Single(Runs.Commands).Command);
    }

    [Fact]
    public async Task Command_Refused_SaysWhy()
    {
        Runs.Refusal = new RunConflictException("command", "The run has ended already.");
        var controls = RenderFor(RunState.Running);

        await MainCommand(controls).ClickAsync();

        Assert.Equal("The run has ended already.", controls.Find(".acknowledgment").TextContent);
        Assert.False(MainCommand(controls).HasAttribute("disabled"));
    }

    [Fact]
    public void Paused_Acknowledgment_NamesTheStep() => Assert.Equal("Paused at step 1,234", RenderFor(RunState.Paused).Find(".acknowledgment").TextContent);

    [Fact]
    public void Ended_WhileAnotherRunIsOpen_OffersToQueue()
    {
        var controls = Render<RunControls>(p => p.Add(c => c.Run, RunsDouble.Run(RunState.Stopped)).Add(c => c.IsBusy, true));

        Assert.Equal("Queue run", MainCommand(controls).TextContent.Trim());
    }

    private IRenderedComponent<RunControls> RenderFor(RunState? state) =>
        Render<RunControls>(parameters => parameters.Add(c => c.Run, state is { } known ? RunsDouble.Run(known) : null));

    private static IElement MainCommand(IRenderedComponent<RunControls> controls) => controls.Find(".main-command");

    private static IElement Button(IRenderedComponent<RunControls> controls, string words) =>
        controls.FindAll("button").Single(button => button.TextContent.Trim() == words);
}

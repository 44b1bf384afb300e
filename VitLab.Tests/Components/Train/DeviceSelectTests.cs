using Bunit;
using VitLab.Models;
using VitLab.Web.Components.Train;
using VitLab.Web.Runs;

namespace VitLab.Tests.Components.Train;

public class DeviceSelectTests : TrainTest
{
    [Fact]
    public async Task Choose_ADevice_GoesIntoTheRequestAndNotIntoTheOptions()
    {
        var draft = Draft();
        var options = draft.Options;
        var told = 0;
        var select = Render<DeviceSelect>(parameters => parameters.Add(each => each.Draft, draft).Add(each => each.OnChanged, () => told++));

        Assert.Equal([Hardware.Auto, .. Hardware.This.Devices.Select(device => device.Id)], select.FindAll("option").Select(option => option.GetAttribute("value")));
        Assert.Contains(Hardware.This.Best.Name, select.Find("#option-device-help").TextContent, StringComparison.Ordinal);
        await select.Find("select").ChangeAsync("cpu");

        Assert.Equal(("cpu", 1), (draft.ToRequest().Device, told));
        Assert.Equal(options, draft.Options);
    }

    [Fact]
    public void Draft_OfARunOnADeviceThatIsNotHere_LeavesItToTheLabAndDiffersInNothing()
    {
        var run = RunsDouble.Run(RunState.Running) with { Device = "cuda:63" };

        var draft = RunDraft.Of(run);

        Assert.Equal(Hardware.Auto, draft.Device);
        Assert.Empty(draft.DifferencesFrom(run));
    }

    [Fact]
    public void TrainPage_OfARunWhoseDeviceIsMissing_SaysWhereItComputesInstead()
    {
        SetupControl("train/shortcuts");
        SetupControl("train/pin-probe");
        SetupControl("train/live").SetupVoid("update", _ => true).SetVoidResult();
        Runs.Change(RunsDouble.Run(RunState.Running) with { Placement = new Placement("cpu", "2 processors", "Managed engine") { Missing = "cuda:1" } });

        var page = Render<TrainPage>();

        Assert.Contains(page.FindAll(".notice"), notice => notice.TextContent.Contains("asks for cuda:1, which is not on this machine; it computes on 2 processors (cpu) instead", StringComparison.Ordinal));
    }
}

using VitLab.Experiments;
using VitLab.Web.Components.Train;

namespace VitLab.Tests.Components.Train;

public class RunDraftTests
{
    [Fact]
    public void ToQuery_OfAPreset_NamesItAlone() => Assert.Equal("experiment=single-digit&preset=d16", RunDraft.Of("single-digit", "d16", null)!.ToQuery());

    [Fact]
    public void Of_WhatAnAddressNames_HasItsSettings()
    {
        var draft = RunDraft.Of("single-digit", "d64", ["depth=6", "heads=8", "unheard=1", "dim"])!;

        var options = Assert.IsType<SingleDigitOptions>(draft.Options);
        Assert.Equal((6, 8, 64), (options.Depth, options.Heads, options.Dim));
        Assert.Equal("experiment=single-digit&preset=d64&set=depth%3D6&set=heads%3D8", draft.ToQuery());
    }

    [Fact]
    public void Of_ASettingThatWillNotDo_SaysSoAtItsField()
    {
        var draft = RunDraft.Of("single-digit", "d64", ["heads=5"])!;

        Assert.Null(draft.Options);
        Assert.NotNull(draft.Problem(draft.Fields.Single(field => field.Key == "heads")));
    }

    [Fact]
    public void Of_UnknownNames_IsTheFirstPresetOrNothing()
    {
        Assert.Equal("d64", RunDraft.Of("single-digit", "d1024", null)!.Preset.Id);
        Assert.Null(RunDraft.Of("chess", null, null));
        Assert.Null(RunDraft.Of(null, "d64", ["depth=6"]));
    }
}

using VitLab.Experiments;
using VitLab.Web.Cli;

namespace VitLab.Tests.Cli;

/// <summary>Which presets a verb goes through.</summary>
public class OnlyOptionTests
{
    [Fact]
    public void Choose_Nothing_IsAllOfThem() => Assert.Equal(
        ExperimentCatalog.All.SelectMany(experiment => experiment.Presets.Select(preset => (experiment, preset))), OnlyOption.Choose(null));

    [Fact]
    public void Choose_SomethingUnusual_TakesItByItsOwnNameAlone()
    {
        Func<ExperimentPreset, bool> isUsual = preset => preset.Id != "d16";

        Assert.Equal(["d64"], OnlyOption.Choose(["single-digit"], isUsual).Select(choice => choice.Preset.Id));
        Assert.Equal(["d64", "d16"], OnlyOption.Choose(["single-digit/d16", "single-digit"], isUsual).Select(choice => choice.Preset.Id));
        Assert.DoesNotContain(OnlyOption.Choose([], isUsual), choice => choice.Preset.Id == "d16");
    }
}

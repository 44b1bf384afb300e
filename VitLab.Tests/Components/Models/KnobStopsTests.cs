using VitLab.Experiments;
using VitLab.Web.Components.Models;
using VitLab.Web.Components.Train;

namespace VitLab.Tests.Components.Models;

public class KnobStopsTests
{
    [Theory]
    [InlineData("patch", "2 4 7 14")]
    [InlineData("heads", "1 2 4 8 16")]
    [InlineData("depth", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16")]
    public void Of_AnIntegerOption_AreTheValuesThatGoWithTheOthers(string key, string expected) => Assert.Equal(expected.Split(' '), Of(key));

    [Fact]
    public void Of_AWideRange_AreRoundNumbersThatTheHeadsDivide()
    {
        var stops = Of("dim").Select(int.Parse).ToList();

        Assert.Equal((4, 512), (stops[0], stops[^1]));
        Assert.All(stops, dim => Assert.Equal(0, dim % 4));
        Assert.Contains(192, stops);
        Assert.InRange(stops.Count, 20, 60);
        Assert.Equal(stops.Order(), stops);
    }

    [Fact]
    public void Of_AnOption_HoldThePresentValueAndThePresets()
    {
        var stops = Of("mlpDim", "mlpDim=1234");

        Assert.Contains("1234", stops);
        Assert.Contains("128", stops);
    }

    [Fact]
    public void Of_Words_OrBesideAWrongSetting_AreNone()
    {
        Assert.Empty(Of("optimizer"));
        Assert.Empty(Of("depth", "heads=5"));
    }

    private static IReadOnlyList<string> Of(string key, params string[] settings)
    {
        var draft = RunDraft.Of("single-digit", "d64", settings)!;
        return KnobStops.Of(OptionSchema.Of(draft.Experiment).Field(key), draft);
    }
}

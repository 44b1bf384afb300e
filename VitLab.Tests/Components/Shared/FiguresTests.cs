using VitLab.Web.Components.Shared;

namespace VitLab.Tests.Components.Shared;

public class FiguresTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(999, "999")]
    [InlineData(1234567, "1,234,567")]
    public void Count_Number_GroupsThousands(long value, string expected) => Assert.Equal(expected, Plain(Figures.Count(value)));

    [Theory]
    [InlineData(640, "640 ")]
    [InlineData(1_283, "1.28 k")]
    [InlineData(139_018, "139 k")]
    [InlineData(999_600, "1.00 M")]
    [InlineData(5_362_762, "5.36 M")]
    [InlineData(30_400_000, "30.4 M")]
    [InlineData(1.2e10, "12.0 G")]
    public void Si_Number_HasThreeDigitsAndAPrefix(double value, string expected) => Assert.Equal(expected, Plain(Figures.Si(value)));

    [Theory]
    [InlineData(150, 100, "+50 %")]
    [InlineData(103.3, 100, "+3.3 %")]
    [InlineData(40, 100, "−60 %")]
    [InlineData(320, 100, "×3.2")]
    [InlineData(4000, 100, "×40")]
    [InlineData(100, 100, null)]
    public void Change_FromBefore_IsAShareOrAFactor(double now, double before, string? expected) => Assert.Equal(expected, Figures.Change(now, before) is { } change ? Plain(change) : null);

    [Theory]
    [InlineData(0.99312, "99.31 %")]
    [InlineData(null, "–")]
    [InlineData(double.NaN, "–")]
    public void Percent_Share_HasTwoDigits(double? share, string expected) => Assert.Equal(expected, Plain(Figures.Percent(share)));

    [Theory]
    [InlineData(8.24, "8.2 s")]
    [InlineData(42.4, "42 s")]
    [InlineData(125, "2 min 05 s")]
    [InlineData(3840, "1 h 04 min")]
    [InlineData(-1, "–")]
    public void Duration_Seconds_UsesTwoUnitsAtMost(double seconds, string expected) => Assert.Equal(expected, Plain(Figures.Duration(seconds)));

    [Theory]
    [InlineData(640, "640 B")]
    [InlineData(640_000, "640 kB")]
    [InlineData(1_940_000, "1.9 MB")]
    [InlineData(16_800_000_000, "16.8 GB")]
    public void Bytes_Size_PicksTheUnit(long bytes, string expected) => Assert.Equal(expected, Plain(Figures.Bytes(bytes)));

    private static string Plain(string text) => text.Replace('\u202f', ' ');

    [Theory]
    [InlineData("Accuracy", "accuracy")]
    [InlineData("AUC", "AUC")]
    [InlineData("mAP at 0.5", "mAP at 0.5")]
    public void InSentence_ATitle_BeginsSmallUnlessItIsAnAbbreviation(string title, string expected) => Assert.Equal(expected, Figures.InSentence(title));
}

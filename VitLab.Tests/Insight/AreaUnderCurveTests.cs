using FsCheck;
using FsCheck.Fluent;
using VitLab.Insight;

namespace VitLab.Tests.Insight;

public class AreaUnderCurveTests
{
    /// <summary>The share of pairs of one of each kind that are in the right order, counted one by one; scores of few values meet often.</summary>
    [Fact]
    public void Of_AnyScores_IsTheShareOfPairsInOrder() => Prop.ForAll(
        ArbMap.Default.ArbFor<(byte Score, bool IsPositive)[]>(),
        answers =>
        {
            List<(float Score, bool IsPositive)> scores = [.. answers.Select(answer => ((float)(answer.Score % 12), answer.IsPositive))];
            var pairs = (from positive in scores where positive.IsPositive from negative in scores where !negative.IsPositive select Order(positive.Score, negative.Score)).ToList();

            Assert.Equal(pairs.Count == 0 ? 0.5 : pairs.Average(), AreaUnderCurve.Of(scores), 1e-12);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("0.1- 0.2- 0.3+ 0.4+", 1)]
    [InlineData("0.1+ 0.2+ 0.3- 0.4-", 0)]
    [InlineData("0.1- 0.2+ 0.3- 0.4+", 0.75)]
    [InlineData("0.5- 0.5+ 0.5- 0.5+", 0.5)]
    [InlineData("0.5+ 0.7+", 0.5)]
    public void Of_ScoresThatCanBeCounted_IsKnown(string answers, double area) =>
        Assert.Equal(area, AreaUnderCurve.Of(answers.Split(' ').Select(answer => (float.Parse(answer[..^1], System.Globalization.CultureInfo.InvariantCulture), answer[^1] == '+'))));

    private static double Order(float positive, float negative) => positive > negative ? 1 : positive == negative ? 0.5 : 0;
}

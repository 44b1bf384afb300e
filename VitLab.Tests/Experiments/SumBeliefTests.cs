using VitLab.Experiments;

namespace VitLab.Tests.Experiments;

public class SumBeliefTests
{
    private const int Sums = 91;

    [Theory]
    [InlineData(-3.2f, 0)]
    [InlineData(24.4f, 24)]
    [InlineData(24.6f, 25)]
    [InlineData(123f, 90)]
    public void Answer_AnyNumber_IsTheNearestSumThereCanBe(float value, int answer) => Assert.Equal(answer, SumBelief.Answer(value, Sums));

    // Between 24 and 25, three quarters of the way: densities exp(-d² / 2) at distances 0.25, 0.75, 1.25, 1.75, 2.25, … either way.
    [Fact]
    public void Probabilities_BetweenTwoSums_AreANormalAroundTheNumber()
    {
        var probabilities = SumBelief.Probabilities(24.75f, deviation: 1, Sums);
        double[] densities = [.. Enumerable.Range(0, Sums).Select(sum => Math.Exp(-Math.Pow(sum - 24.75, 2) / 2))];

        Assert.Equal(1, probabilities.Sum(), 1e-5f);
        Assert.All(probabilities.Zip(densities, (probability, density) => (probability, density / densities.Sum())), pair => Assert.Equal(pair.Item2, pair.probability, 1e-6));
    }

    [Theory]
    [InlineData(-500f, 0)]
    [InlineData(900f, 90)]
    public void Probabilities_FarOutside_AreSureOfTheNearest(float value, int nearest)
    {
        var probabilities = SumBelief.Probabilities(value, deviation: 0.05, Sums);

        Assert.Equal(1, probabilities[nearest], 1e-6f);
        Assert.All(probabilities, probability => Assert.True(float.IsFinite(probability)));
    }

    /// <summary>Six of ten right: answers are held for right with 60 % on average, though one is off by far.</summary>
    [Fact]
    public void Deviation_OfAnswers_IsAsSureAsTheyAreRight()
    {
        (float Value, int Truth)[] answers = [(5.1f, 5), (7.2f, 7), (9.3f, 9), (11, 11), (20.4f, 20), (30, 30), (12.6f, 12), (14, 15), (21.7f, 21), (40, 33)];

        var deviation = SumBelief.Deviation(answers, Sums);

        Assert.Equal(0.6, answers.Average(answer => SumBelief.Probabilities(answer.Value, deviation, Sums)[SumBelief.Answer(answer.Value, Sums)]), 1e-3);
    }

    [Fact]
    public void Deviation_OfAnswersThatAreAllRightOrAllWrong_IsAtItsBounds()
    {
        Assert.Equal(0.05, SumBelief.Deviation([(5f, 5), (7f, 7)], Sums), 1e-3);
        Assert.Equal(50, SumBelief.Deviation([(5f, 15), (7f, 17)], Sums), 1e-1);
    }
}

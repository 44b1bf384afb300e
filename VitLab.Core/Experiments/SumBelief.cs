namespace VitLab.Experiments;

/// <summary>What a regressed sum says of whole sums: a normal around it, as far as it lies on the sums there can be.</summary>
internal static class SumBelief
{
    /// <summary>A deviation between these is as sure or unsure as one can be.</summary>
    private const double Narrowest = 0.05, Widest = 50;

    private const int Halvings = 24;

    /// <summary>The nearest sum there can be.</summary>
    public static int Answer(float value, int classes) => (int)Math.Round(Math.Clamp(value, 0, classes - 1));

    /// <summary>One probability for each sum from 0 on.</summary>
    public static float[] Probabilities(float value, double deviation, int classes)
    {
        var probabilities = new float[classes];
        var (nearest, total) = (Answer(value, classes), 0.0);
        for (var sum = 0; sum < classes; sum++)
        {
            var density = Math.Exp((Squared(nearest - value) - Squared(sum - value)) / (2 * deviation * deviation));   // 1 at the nearest, whatever the distance
            probabilities[sum] = (float)density;
            total += density;
        }

        foreach (ref var probability in probabilities.AsSpan())
        {
            probability /= (float)total;
        }

        return probabilities;
    }

    /// <summary>
    /// The deviation that is as sure as it is right: at which the rounded answers' probabilities are, on average, the share of them that is
    /// right. A deviation of the residuals would be led astray by the few digits that are misread.
    /// </summary>
    public static double Deviation(IReadOnlyList<(float Value, int Truth)> answers, int classes)
    {
        var right = answers.Average(answer => Answer(answer.Value, classes) == answer.Truth ? 1.0 : 0.0);
        var (narrow, wide) = (Narrowest, Widest);
        for (var halving = 0; halving < Halvings; halving++)
        {
            var middle = Math.Sqrt(narrow * wide);
            var sureness = answers.Average(answer => Probabilities(answer.Value, middle, classes)[Answer(answer.Value, classes)]);
            (narrow, wide) = sureness > right ? (middle, wide) : (narrow, middle);
        }

        return Math.Sqrt(narrow * wide);
    }

    private static double Squared(double value) => value * value;
}

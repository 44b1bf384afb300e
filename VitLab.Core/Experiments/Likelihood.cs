namespace VitLab.Experiments;

/// <summary>Choosing from a row of probabilities.</summary>
internal static class Likelihood
{
    /// <summary>Index of the largest, the first of equals.</summary>
    public static int Largest(ReadOnlySpan<float> values)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++)
        {
            best = values[i] > values[best] ? i : best;
        }

        return best;
    }

    /// <summary>-ln p, finite even where a model was sure of something else.</summary>
    public static double NegativeLog(float probability) => -Math.Log(Math.Max(probability, 1e-30f));
}

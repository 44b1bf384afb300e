namespace VitLab.Detection;

/// <summary>By what a detector's answers are read.</summary>
/// <param name="Presence">Least presence of a digit, 0…1.</param>
/// <param name="Overlap">Largest overlap (intersection over union) of two digits' boxes, 0…1.</param>
public readonly record struct DetectorThresholds(float Presence, float Overlap)
{
    private static readonly float[] s_presences = [0.2f, 0.25f, 0.3f, 0.35f, 0.4f, 0.45f, 0.5f, 0.55f, 0.6f, 0.65f, 0.7f, 0.75f, 0.8f];
    private static readonly float[] s_overlaps = [0.2f, 0.3f, 0.4f, 0.5f, 0.6f];

    /// <summary>Before anything was chosen.</summary>
    public static DetectorThresholds Start { get; } = new(0.5f, 0.4f);

    /// <summary>The digits of one picture: those that are there, one for each place, the surest first.</summary>
    public List<FoundDigit> Apply(IEnumerable<FoundDigit> found)
    {
        var least = Presence;
        return Suppression.Apply(found.Where(digit => digit.Presence >= least), Overlap);
    }

    /// <summary>Those on a grid of values with the largest goodness; among equals the nearest to <see cref="Start"/>, so that a model that cannot read yet is left there.</summary>
    public static DetectorThresholds Best(Func<DetectorThresholds, double> goodness) =>
        (from presence in s_presences
         from overlap in s_overlaps
         let candidate = new DetectorThresholds(presence, overlap)
         orderby goodness(candidate) descending, Math.Abs(presence - Start.Presence) + Math.Abs(overlap - Start.Overlap)
         select candidate).First();
}

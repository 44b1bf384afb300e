namespace VitLab.Detection;

/// <summary>Non-maximum suppression: several patches answer for one digit, and the surest of them speaks for all.</summary>
public static class Suppression
{
    /// <summary>
    /// Those that overlap no surer one by more than this, the surest first. Whatever the digits: one place holds one. What stays at a higher presence
    /// does not depend on what is sent in at a lower one.
    /// </summary>
    /// <param name="overlap">Intersection over union, 0…1.</param>
    public static List<FoundDigit> Apply(IEnumerable<FoundDigit> found, float overlap)
    {
        List<FoundDigit> kept = [];
        foreach (var digit in found.OrderByDescending(static digit => digit.Presence))
        {
            if (kept.TrueForAll(surer => surer.Box.Overlap(digit.Box) <= overlap))
            {
                kept.Add(digit);
            }
        }

        return kept;
    }
}

namespace VitLab.Data;

/// <summary>Whose pen digits: the two families share neither skeletons nor habits.</summary>
public enum PenHands
{
    /// <summary>Those of the datasets "pen" and "mix".</summary>
    Known,

    /// <summary>
    /// Held out for tests ("pen-unseen"): other skeletons, written by odd hands. Tremor and pressure go beyond all that the known hands have;
    /// slant, slope, proportions and boldness each lie, every other time, one to two standard deviations off the known hands' mean to either
    /// side, and as theirs otherwise: few people are odd in everything.
    /// </summary>
    Unseen,
}

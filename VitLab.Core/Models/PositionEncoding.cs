namespace VitLab.Models;

/// <summary>How patches are told where they are.</summary>
public enum PositionEncoding
{
    /// <summary>One learned vector for each patch of the config's grid, interpolated linearly for another grid.</summary>
    Learned,

    /// <summary>Fixed sines and cosines of a patch's row and column, the same on every grid; prefix tokens, which are nowhere, have zeros.</summary>
    SineCosine,
}

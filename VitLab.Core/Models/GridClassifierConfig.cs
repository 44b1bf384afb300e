namespace VitLab.Models;

/// <summary>How each cell's head gets its input.</summary>
public enum GridPooling
{
    /// <summary>A learned prefix token per cell, which finds its cell by attention.</summary>
    Query,

    /// <summary>The mean of the patches in the cell.</summary>
    Region,
}

/// <summary>Shape of a <see cref="GridClassifier"/>.</summary>
/// <param name="Vit">The backbone on the whole picture; its prefix tokens follow from the pooling. For <see cref="GridPooling.Region"/> every cell is whole patches.</param>
/// <param name="Rows">Of cells.</param>
/// <param name="Columns">Of cells.</param>
/// <param name="Classes">Outputs of each cell's head.</param>
public sealed record GridClassifierConfig(VitConfig Vit, int Rows, int Columns, int Classes, GridPooling Pooling)
{
    public VitConfig Backbone => Vit with { PrefixTokens = Pooling == GridPooling.Query ? Cells : 0 };

    public int Cells => Rows * Columns;
}

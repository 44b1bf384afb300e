using VitLab.Data;
using VitLab.Models;

namespace VitLab.Experiments;

/// <summary>What a run of <see cref="GridHeads"/> can set: the grid, the backbone, the patch and where heads read.</summary>
public sealed record GridHeadsOptions : GridOptions
{
    [Option("Patch", "Side of a patch: 7 gives a cell 4 × 4 patches, as in phase 1.", Group = "Model", Minimum = 4, Maximum = 14, Unit = "px")]
    public int Patch { get; init; } = 7;

    [Option("Heads read", "A learned query token for each cell, which finds its cell by attention (query), or the mean of the cell's patches (region).", Group = "Model", Choices = ["query", "region"])]
    public string Pooling { get; init; } = "region";

    [Option("Blocks within a cell", "So many blocks, from the first on, look only within their own cell, as in phase 1; the others look over the whole grid.", Group = "Model", Minimum = 0, Maximum = 16, Unit = "blocks")]
    public int WindowBlocks { get; init; }

    public GridClassifierConfig ToConfig() => new(
        ToConfig(PictureSide, PictureSide, Patch) with { Window = GridComposer.CellSide / Patch, WindowBlocks = WindowBlocks }, Side, Side, Classes: GridHeads.EmptyClass + 1, Pooling == "query" ? GridPooling.Query : GridPooling.Region);

    public override IEnumerable<OptionProblem> Conflicts()
    {
        if (GridComposer.CellSide % Patch != 0)
        {
            yield return new OptionProblem("patch", $"expected a divisor of a cell's {GridComposer.CellSide} px (4, 7 or 14), got {Patch}.");
        }

        foreach (var problem in base.Conflicts())
        {
            yield return problem;
        }
    }
}
